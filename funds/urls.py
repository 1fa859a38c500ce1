"""Addresses below `/a/<agency>/`."""

from django.urls import path

from funds.views import accounts, assessments, designations, expenses, journals, movements, postings, statements

urlpatterns = [
    path("giving/designations/", designations.designations, name="designations"),
    path("giving/designations/add/", designations.designation_add, name="designation_add"),
    path("giving/designations/<int:pk>/", designations.designation, name="designation"),
    path("giving/designations/<int:pk>/edit/", designations.designation_edit, name="designation_edit"),
    path("giving/designations/<int:pk>/close/", designations.designation_close, name="designation_close"),
    path("giving/designations/<int:pk>/opening/", movements.opening_add, name="opening_add"),
    path("giving/designations/<int:pk>/statement/", statements.designation_statement, name="designation_statement"),
    path("giving/designations/<int:pk>/entries/", statements.designation_entries, name="designation_entries"),
    path(
        "giving/designations/<int:pk>/<int:year>-<int:month>/<str:currency>/",
        designations.designation_month,
        name="designation_month",
    ),
    path("giving/ledger/", postings.ledger, name="ledger"),
    path("giving/postings/<int:pk>/", postings.posting, name="posting"),
    path("giving/postings/<int:pk>/reverse/", postings.posting_reverse, name="posting_reverse"),
    path("giving/statement/", statements.ledger_statement, name="ledger_statement"),
    path("giving/accounts/", accounts.accounts, name="accounts"),
    path("giving/accounts/add/", accounts.account_add, name="account_add"),
    path("giving/accounts/categories/add/", accounts.category_add, name="category_add"),
    path("giving/accounts/<int:pk>/", accounts.account, name="account"),
    path("giving/accounts/<int:pk>/edit/", accounts.account_edit, name="account_edit"),
    path("giving/transfers/", movements.transfers, name="transfers"),
    path("giving/transfers/add/", movements.transfer_add, name="transfer_add"),
    path("giving/expenses/", expenses.expenses, name="expenses"),
    path("giving/expenses/add/", expenses.expense_add, name="expense_add"),
    path("giving/expenses/file/", expenses.expense_file, name="expense_file"),
    path("giving/expenses/template/", expenses.expense_template, name="expense_template"),
    path("giving/assessments/", assessments.assessments, name="assessments"),
    path("giving/assessments/<int:year>-<int:month>/", assessments.assessment, name="assessment"),
    path("giving/assessments/rules/add/", assessments.rule_add, name="rule_add"),
    path("giving/assessments/rules/<int:pk>/end/", assessments.rule_end, name="rule_end"),
    path("giving/journals/", journals.journals, name="journals"),
    path("giving/journals/add/", journals.journal_add, name="journal_add"),
    path("giving/journals/<int:pk>/", journals.journal, name="journal"),
    path("giving/journals/<int:pk>/file/", journals.journal_file, name="journal_file"),
    path("giving/months/", journals.months, name="months"),
]

"""Addresses below `/a/<agency>/`."""

from django.urls import path

from partners.views import (
    commitments,
    gift_correction,
    gift_entry,
    gifts,
    partners,
    reach,
    reviews,
    settings,
    statements,
    suspense,
)

urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/add/", partners.partner_add, name="partner_add"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/edit/", partners.partner_edit, name="partner_edit"),
    path("partners/<int:pk>/reach/<slug:what>/", reach.reach_add, name="reach_add"),
    path("partners/<int:pk>/reach/<slug:what>/<int:way>/end/", reach.reach_end, name="reach_end"),
    path("partners/<int:pk>/reach/<slug:what>/<int:way>/restore/", reach.reach_restore, name="reach_restore"),
    path("partners/<int:pk>/commitments/add/", commitments.commitment_add, name="commitment_add"),
    path("partners/commitments/<int:pk>/end/", commitments.commitment_end, name="commitment_end"),
    path("giving/", gifts.gifts, name="gifts"),
    path("giving/lines/", gifts.gift_lines, name="gift_lines"),
    path("giving/gifts/add/", gift_entry.gift_add, name="gift_add"),
    path("giving/gifts/<int:pk>/", gifts.gift, name="gift"),
    path("giving/gifts/<int:pk>/correct/", gift_correction.gift_correct, name="gift_correct"),
    path("giving/gifts/<int:pk>/refund/", gift_correction.gift_refund, name="gift_refund"),
    path("giving/lines/<int:pk>/assign/", suspense.line_assign, name="line_assign"),
    path("giving/lines/<int:pk>/take-back/", suspense.line_take_back, name="line_take_back"),
    path("giving/statements/", statements.statements, name="statement_lines"),
    path("settings/partners/", settings.partner_settings, name="partner_settings"),
    path("giving/reviews/", reviews.reviews, name="reviews"),
    path("giving/reviews/<int:pk>/", reviews.review, name="review"),
]

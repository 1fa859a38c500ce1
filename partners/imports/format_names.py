"""What people call the formats that are read."""

from django.utils.translation import gettext_lazy as _

FORMAT_NAMES = {
    "tnt_datasync": _("TntConnect DataSync"),
    "tnt_xml": _("TntConnect database (XML)"),
    "tnt_contacts_csv": _("TntConnect contacts (CSV)"),
    "donorhub_donations": _("DonorHub donations (CSV)"),
    "donorhub_addresses": _("DonorHub addresses (CSV)"),
    "donorhub_profiles": _("DonorHub profiles (CSV)"),
    "donorhub_balance": _("DonorHub account balance (CSV)"),
    "mpdx_contacts_import": _("MPDX contacts, as MPDX imports them (CSV)"),
    "mpdx_contacts_export": _("MPDX contacts, as MPDX exports them (CSV)"),
    "mpdx_donations": _("MPDX donations report (CSV)"),
    "npsp_data_import": _("Salesforce NPSP Data Import (CSV)"),
    "npsp_recurring": _("Salesforce NPSP recurring donations (CSV)"),
    "civicrm_contributions": _("CiviCRM contributions (CSV)"),
    "stripe_payouts": _("Stripe payout reconciliation (CSV)"),
    "paypal_activity": _("PayPal activity (CSV)"),
    "ppgf_payout": _("PayPal Giving Fund payout (CSV)"),
    "ofx": _("Bank statement (OFX, QFX)"),
    "camt053": _("Bank statement (CAMT.053)"),
    "bank_csv": _("Bank statement (CSV)"),
    "mapped_gifts": _("Gifts, mapped columns"),
    "mapped_partners": _("Partners, mapped columns"),
    "mapped_commitments": _("Commitments, mapped columns"),
    "generic_gifts": _("Gifts, our own layout (CSV)"),
    "generic_partners": _("Partners, our own layout (CSV)"),
    "generic_commitments": _("Commitments, our own layout (CSV)"),
    "spreadsheet_gifts": _("Gift list kept in a spreadsheet (CSV)"),
}

# SPDX-License-Identifier: Apache-2.0
"""Authorization details of a bank (RFC 9396 section 2.1): what a server is told of them, and some of them."""
RULE = "authorization_rule.authorization_details"
MEMBERS = "client_metadata_rule.authorization_details"

TEXT = {"type": "string", "minLength": 1, "maxLength": 140}
IBAN = {"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"}
TYPES = {
    "payment_initiation": {
        "title": {"en": "Make a payment", "de": "Zahlung ausführen"},
        "text": {"en": "{instructedAmount.amount} {instructedAmount.currency} to {creditorName}",
                 "de": "{instructedAmount.amount} {instructedAmount.currency} an {creditorName}"},
        "labels": {"creditorAccount.iban": "IBAN",
                   "remittanceInformation": {"en": "Reference", "de": "Verwendungszweck"}},
        "schema": {
            "type": "object", "additionalProperties": False,
            "required": ["instructedAmount", "creditorName", "creditorAccount"],
            "properties": {
                "instructedAmount": {
                    "type": "object", "required": ["currency", "amount"], "additionalProperties": False,
                    "properties": {"currency": {"enum": ["EUR", "USD"]},
                                   "amount": {"type": "string", "pattern": "^[0-9]{1,9}\\.[0-9]{2}$"}}},
                "creditorName": TEXT,
                "creditorAccount": {"type": "object", "required": ["iban"], "additionalProperties": False,
                                    "properties": {"iban": IBAN}},
                "remittanceInformation": TEXT,
                "actions": {"type": "array", "items": {"enum": ["initiate", "status", "cancel"]}},
                "locations": {"type": "array", "items": {"type": "string"}}}}},
    "account_information": {
        "title": {"en": "See your accounts", "de": "Ihre Konten ansehen"},
        "labels": {"actions": {"en": "Read", "de": "Lesen"}, "accounts.iban": "IBAN",
                   "validUntil": {"en": "Until", "de": "Bis"}, "perDay": {"en": "Times a day", "de": "Mal am Tag"}},
        "values": {"list_accounts": {"en": "which there are", "de": "welche es gibt"},
                   "read_balances": {"en": "balances", "de": "Kontostände"},
                   "read_transactions": {"en": "transactions", "de": "Umsätze"}},
        "schema": {
            "required": ["actions"],
            "properties": {
                "actions": {"type": "array", "minItems": 1, "uniqueItems": True,
                            "items": {"enum": ["list_accounts", "read_balances", "read_transactions"]}},
                "accounts": {"type": "array", "maxItems": 10, "items": {
                    "type": "object", "required": ["iban"], "properties": {"iban": IBAN}}},
                "perDay": {"type": "integer", "minimum": 1, "maximum": 100},
                "validUntil": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}},
        "narrowing": {"perDay": "at_most"},
        "remembered": True, "client_credentials": True},
    "house_only": {"title": "Something of the house", "schema": {}, "clients": ["house"]},
}


def payment(amount="123.50", **members):
    return {"type": "payment_initiation", "instructedAmount": {"currency": "EUR", "amount": amount},
            "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"}, **members}


def accounts(*actions, **members):
    return {"type": "account_information", "actions": list(actions or ("list_accounts", "read_balances")), **members}


def may_use(*types):
    """Options of `gatehouse client add`."""
    names = ", ".join(f'"{name}"' for name in types)
    return ("--member", f"authorization_details_types=[{names}]")

package pylon

import "slices"

// destination says where the opening message of an issue goes. Nil is the same
// as internal: nothing leaves the service, and the message is a private note.
type destination struct {
	Destination          string   `json:"destination"`
	Email                string   `json:"email"`
	EmailCCs             []string `json:"email_ccs"`
	EmailBCCs            []string `json:"email_bccs"`
	ChatWidgetAppID      string   `json:"chat_widget_app_id"`
	SMSPhoneNumberID     string   `json:"from_sms_phone_number_id"`
	WhatsAppAppID        string   `json:"whatsapp_app_id"`
	WhatsAppTemplateName string   `json:"whatsapp_message_template_name"`
	WhatsAppTemplateLang string   `json:"whatsapp_message_template_language"`
}

const destinationInternal = "internal"

func destinations() []string {
	return []string{sourceSlack, sourceEmail, "in_app_chat", destinationInternal, "sms", "whatsapp", "customer_portal"}
}

// leaves reports whether customers see the opening message.
func (d *destination) leaves() bool { return d != nil && d.Destination != destinationInternal }

// source is the channel of an issue that was opened with this destination.
func (d *destination) source() string {
	if !d.leaves() {
		return sourceManual
	}
	switch d.Destination {
	case "in_app_chat":
		return "chat_widget"
	case "customer_portal":
		return "form"
	default:
		return d.Destination
	}
}

func (o *Organization) checkDestination(p issueInput) error {
	d := p.Destination
	switch {
	case d == nil:
		return nil
	case d.Destination == "":
		return badRequest("destination_metadata: destination is required")
	case !slices.Contains(destinations(), d.Destination):
		return notOneOf("destination_metadata: destination", d.Destination, destinations())
	case d.Destination != sourceEmail && len(d.EmailCCs)+len(d.EmailBCCs) > 0:
		return badRequest("destination_metadata: email_ccs and email_bccs are for the destination email alone")
	}
	switch d.Destination {
	case sourceSlack:
		return o.checkSlack(p)
	case sourceEmail:
		return d.require("email", d.Email)
	case "sms":
		return firstError(d.require("from_sms_phone_number_id", d.SMSPhoneNumberID), o.checkPhone(p))
	case "whatsapp":
		return firstError(
			d.require("whatsapp_app_id", d.WhatsAppAppID),
			d.require("whatsapp_message_template_name", d.WhatsAppTemplateName),
			d.require("whatsapp_message_template_language", d.WhatsAppTemplateLang),
			o.checkPhone(p),
		)
	}
	return nil
}

// firstError returns the first error.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *destination) require(name, value string) error {
	if value == "" {
		return badRequest("destination_metadata: the destination %s needs %s", d.Destination, name)
	}
	return nil
}

func (o *Organization) checkSlack(p issueInput) error {
	if !blank(p.AccountID) {
		to, _ := o.accounts.get(*p.AccountID)
		if slices.ContainsFunc(to.Channels, func(c channel) bool { return c.Source == sourceSlack }) {
			return nil
		}
	}
	return badRequest("destination_metadata: the destination slack needs an account_id whose account has a Slack channel")
}

func (o *Organization) checkPhone(p issueInput) error {
	if requester := o.knownRequester(p); requester == nil || len(requester.PhoneNumbers) == 0 {
		return badRequest("destination_metadata: the destination %s needs a requester with a phone number", p.Destination.Destination)
	}
	return nil
}

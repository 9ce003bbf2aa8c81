// Package pylon is a simulated Pylon support organization: accounts,
// contacts, issues with their message threads, and everything around them, in
// memory, read and written through the operations that the hosted connector
// offers, and through the service's own REST API.
//
// [NewOrganization] seeds an organization whose data is the same in every
// process and ends at [Epoch]. [Organization.Execute] runs one operation on it
// and answers the way the platform passes a Pylon answer on: lists come with
// paging metadata, gets come bare, and creates, updates and deletes keep
// Pylon's own wrapper. Refusals are of type [*Error], with the status Pylon
// would have used.
//
// [Routes] lists the operations of the REST API and [Organization.Serve] runs one
// of them on the same records. Both faces share the code that changes a record:
// the same writes make the same ids and numbers through either.
//
// # Search
//
// The action context_store_search works on nine entities and on the fields that
// the store caches, straight from the live records: a write is visible at once.
// like and contains tell upper case from lower case, fuzzy and keyword do not;
// neq counts null as different from every value; gt, gte, lt and lte never match
// null, and compare times as instants; nulls sort last. A condition is an object
// with one operator, and several fields inside it must all match.
//
// The searches of the REST API have the service's grammar instead: a tree of at
// most three levels, with the fields and operators that each endpoint documents.
// Where the service's behaviour is not known, an unknown field or operator is
// refused, texts are compared without regard to case by string_contains and
// exactly by all others, and the ends of a time range belong to it.
//
// # What the hosted operations always refuse
//
// Replies to email conversations: the service wants their recipients in
// email_info, which the connector does not pass on.
//
// # Where the data departs from Pylon
//
// Pylon writes custom field values as strings. One account field here,
// ledger_sequence, is a JSON number above 2^53, so that a program that rounds
// large integers is caught.
//
// Voice calls hang on issues that came by form, as no seeded issue came by phone.
//
// All people, companies and domains are invented.
package pylon

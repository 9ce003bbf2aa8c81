// Package organizations has the commands organizations list and organizations
// use: which accounts the credentials reach, and which one is kept in the
// settings file.
package organizations

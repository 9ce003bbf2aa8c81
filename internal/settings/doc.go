// Package settings finds out who calls and where: credentials, organization,
// workspace and host, from what the program gave, then from the environment,
// then from the settings file that the airbyte-agent command line writes.
package settings

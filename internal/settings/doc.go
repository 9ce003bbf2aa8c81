// Package settings finds out who calls and where: credentials, organization,
// workspace and host, from what the program gave, then from the environment,
// then from the settings file that the airbyte-agent command line writes.
//
// The command line also reads the whole file and changes it, [System.Load] and
// [System.Update]; nothing else writes it.
package settings

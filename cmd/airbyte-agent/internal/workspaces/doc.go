// Package workspaces has the commands workspaces list and workspaces use: which
// workspaces there are, and which one is kept in the settings file. [Find] turns
// a workspace's name into its id for other commands.
package workspaces

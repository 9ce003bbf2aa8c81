package main

import (
	"errors"
	"slices"

	"go.yaml.in/yaml/v3"
)

// build is an element of builds, as far as it decides on targets.
type build struct {
	Goos    []string         `yaml:"goos"`
	Goarch  []string         `yaml:"goarch"`
	Targets []string         `yaml:"targets"`
	Ignore  []map[string]any `yaml:"ignore"`
}

// parseTargets returns what the configuration builds for, each as os/arch,
// sorted. Ways to say it that it does not read are an error: a target would
// be missed in silence.
func parseTargets(content []byte) ([]string, error) {
	var config struct {
		Builds []build `yaml:"builds"`
	}
	if err := yaml.Unmarshal(content, &config); err != nil {
		return nil, err
	}
	var targets []string
	for _, b := range config.Builds {
		if len(b.Targets) > 0 || len(b.Ignore) > 0 {
			return nil, errors.New("builds are read by goos and goarch alone, not by targets and ignore")
		}
		for _, system := range b.Goos {
			for _, arch := range b.Goarch {
				targets = append(targets, system+"/"+arch)
			}
		}
	}
	if len(targets) == 0 {
		return nil, errors.New("no build names goos and goarch")
	}
	slices.Sort(targets)
	return slices.Compact(targets), nil
}

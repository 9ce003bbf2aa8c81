// Package doctor has the command doctor: it tries, step by step, what every
// other command needs, and says in words what is wrong and what to do.
package doctor

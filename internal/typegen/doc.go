// Command typegen writes the typed Pylon connector, the *_gen.go files of the
// current directory, from Pylon's manifest. go generate runs it in
// connector/pylon.
//
// Every entity becomes a service with a method for each action; every component
// schema that an operation takes or returns becomes a type. What a schema is
// used for decides its shape. Types that are read have plain values, since a
// service may leave out or null anything; types that are written tell absent
// from empty.
package main

package pylon

import (
	"reflect"
	"strconv"
	"time"
)

// Equals holds for records whose field is value.
func Equals(field, value string) Filter { return one(field, FilterOperatorEquals, value) }

// NotEquals holds for records whose field is not value.
func NotEquals(field, value string) Filter { return one(field, FilterOperatorNotEquals, value) }

// Contains holds for records whose field, which has several values, such as
// tags, has value among them.
func Contains(field, value string) Filter { return one(field, FilterOperatorContains, value) }

// NotContains holds for records whose field does not have value among its
// values.
func NotContains(field, value string) Filter { return one(field, FilterOperatorDoesNotContain, value) }

// In holds for records whose field is one of values.
func In(field string, values ...string) Filter { return many(field, FilterOperatorIn, values) }

// NotIn holds for records whose field is none of values.
func NotIn(field string, values ...string) Filter { return many(field, FilterOperatorNotIn, values) }

// StringContains holds for records whose field has text as a part.
func StringContains(field, text string) Filter { return one(field, FilterOperatorStringContains, text) }

// StringNotContains holds for records whose field does not have text as a part.
func StringNotContains(field, text string) Filter {
	return one(field, FilterOperatorStringDoesNotContain, text)
}

// IsSet holds for records whose field has a value.
func IsSet(field string) Filter { return Filter{Field: field, Operator: FilterOperatorIsSet} }

// IsUnset holds for records whose field has no value.
func IsUnset(field string) Filter { return Filter{Field: field, Operator: FilterOperatorIsUnset} }

// After holds for records whose field, a time, is later than t.
func After(field string, t time.Time) Filter {
	return one(field, FilterOperatorTimeIsAfter, instant(t))
}

// Before holds for records whose field, a time, is earlier than t.
func Before(field string, t time.Time) Filter {
	return one(field, FilterOperatorTimeIsBefore, instant(t))
}

// Between holds for records whose field, a time, is in the range from start to
// end.
func Between(field string, start, end time.Time) Filter {
	return many(field, FilterOperatorTimeRange, []string{instant(start), instant(end)})
}

// Number is a number to compare a field with.
type Number interface {
	~int | ~int32 | ~int64 | ~float32 | ~float64
}

// GreaterThan holds for records whose field, a number, is greater than number.
func GreaterThan[N Number](field string, number N) Filter {
	return one(field, FilterOperatorGreaterThan, decimal(number))
}

// AtLeast holds for records whose field, a number, is number or greater.
func AtLeast[N Number](field string, number N) Filter {
	return one(field, FilterOperatorGreaterThanOrEquals, decimal(number))
}

// LessThan holds for records whose field, a number, is less than number.
func LessThan[N Number](field string, number N) Filter {
	return one(field, FilterOperatorLessThan, decimal(number))
}

// AtMost holds for records whose field, a number, is number or less.
func AtMost[N Number](field string, number N) Filter {
	return one(field, FilterOperatorLessThanOrEquals, decimal(number))
}

// And holds where all filters hold. Pylon takes three levels of filters, this
// one included.
func And(filters ...Filter) Filter {
	return join(FilterOperatorAnd, filters)
}

// Or holds where at least one of the filters holds. Pylon takes three levels of
// filters, this one included.
func Or(filters ...Filter) Filter {
	return join(FilterOperatorOr, filters)
}

func one(field, operator, value string) Filter {
	return Filter{Field: field, Operator: operator, Value: &value}
}

// many sends values even where there are none: left out, they would be a
// condition without an end.
func many(field, operator string, values []string) Filter {
	return Filter{Field: field, Operator: operator, Values: append([]string{}, values...)}
}

func join(operator string, filters []Filter) Filter {
	return Filter{Operator: operator, Subfilters: append([]Filter{}, filters...)}
}

// instant is how filters write times.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// decimal is how filters write numbers: with all digits, and no exponent.
func decimal[N Number](number N) string {
	v := reflect.ValueOf(number)
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits())
}

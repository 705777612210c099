// Package unit reads the units that are written behind numbers, and says what one
// is of another.
package unit

import (
	"math/big"
	"strconv"
	"strings"
)

// dimension is what a unit measures: powers of metre, kilogram, second, ampere, of
// four currencies and of the month, which has no fixed length.
type dimension [9]int8

const (
	length = iota
	mass
	span
	current
	dollar
	euro
	pound
	yen
	calendar
)

// Unit is a unit as a multiple of basic ones.
type Unit struct {
	factor *big.Rat
	of     dimension
}

// Read reads the text of a unit, such as km/h, square feet or m s^-2. It fails
// for one that is not known here.
func Read(text string) (Unit, bool) {
	text = strings.NewReplacer(" per ", "/", "square ", "sq ", "\\", "", "{", "", "}", "", "·", " ", "*", " ", "²", "^2", "³", "^3").Replace(strings.TrimSpace(text))
	u := Unit{factor: big.NewRat(1, 1)}
	for i, part := range strings.Split(text, "/") {
		power, known := 1, 0
		for _, word := range strings.Fields(part) {
			switch word {
			case "sq":
				power = 2
				continue
			case "cubic", "cu":
				power = 3
				continue
			}
			if !u.times(word, power, i > 0) {
				return Unit{}, false
			}
			power, known = 1, known+1
		}
		if known == 0 {
			return Unit{}, false
		}
	}
	return u, true
}

// In says how many of v one u is; it is false if they measure different things.
// The caller owns the number.
func (u Unit) In(v Unit) (*big.Rat, bool) {
	if u.of != v.of {
		return nil, false
	}
	return new(big.Rat).Quo(u.factor, v.factor), true
}

// Dated says whether u and v are both of time, one in months or years and one not,
// so that what one is of the other depends on the date.
func (u Unit) Dated(v Unit) bool {
	months, seconds := dimension{calendar: 1}, dimension{span: 1}
	return u.of == months && v.of == seconds || u.of == seconds && v.of == months
}

// times multiplies u with the unit word to the power, or divides.
func (u *Unit) times(word string, power int, divide bool) bool {
	name, exponent, found := strings.Cut(word, "^")
	if n, err := strconv.Atoi(strings.Trim(exponent, "()")); err == nil {
		power *= n
	} else if found {
		return false
	}
	one, ok := simple(name)
	if !ok || power < -9 || power > 9 {
		return false
	}
	if divide {
		power = -power
	}
	for range max(power, -power) {
		if power < 0 {
			u.factor.Quo(u.factor, one.factor)
		} else {
			u.factor.Mul(u.factor, one.factor)
		}
	}
	for i, n := range one.of {
		u.of[i] += n * int8(power) //nolint:gosec // it is small
	}
	return true
}

// simple is the unit of one name.
func simple(name string) (Unit, bool) {
	factor, of, ok := table(name)
	if !ok && len(name) > 3 {
		factor, of, ok = table(strings.TrimSuffix(strings.ToLower(name), "s"))
	}
	rat, read := new(big.Rat).SetString(factor)
	return Unit{factor: rat, of: of}, ok && read
}

// table is the factor and the dimension of one name in the singular.
func table(name string) (factor string, of dimension, ok bool) {
	for _, row := range [...]struct {
		of   dimension
		rows string
	}{
		{dimension{length: 1}, "m=1 meter=1 metre=1 km=1000 kilometer=1000 kilometre=1000 cm=1/100 centimeter=1/100 centimetre=1/100 mm=1/1000 millimeter=1/1000 millimetre=1/1000 dm=1/10 " +
			"in=254/10000 inch=254/10000 inche=254/10000 ft=3048/10000 foot=3048/10000 feet=3048/10000 yd=9144/10000 yard=9144/10000 mi=1609344/1000 mile=1609344/1000"},
		{dimension{length: 2}, "ha=10000 hectare=10000"},
		{dimension{length: 3}, "L=1/1000 l=1/1000 liter=1/1000 litre=1/1000 mL=1/1000000 ml=1/1000000 milliliter=1/1000000 gal=473176473/125000000000 qt=473176473/500000000000 pt=473176473/1000000000000 cup=473176473/2000000000000"},
		{dimension{mass: 1}, "kg=1 kilogram=1 g=1/1000 gram=1/1000 mg=1/1000000 milligram=1/1000000 tonne=1000 t=1000 oz=45359237/1600000000 lb=45359237/100000000 lbs=45359237/100000000"},
		{dimension{span: 1}, "s=1 sec=1 second=1 ms=1/1000 min=60 minute=60 h=3600 hr=3600 hour=3600 day=86400 week=604800"},
		{dimension{calendar: 1}, "month=1 year=12"},
		{dimension{length: 1, span: -1}, "mph=1609344/3600000 kph=1000/3600 kmh=1000/3600"},
		{dimension{length: 1, mass: 1, span: -2}, "N=1 newton=1 kN=1000"},
		{dimension{length: 2, mass: 1, span: -2}, "J=1 joule=1 kJ=1000"},
		{dimension{length: 2, mass: 1, span: -3}, "W=1 watt=1 kW=1000"},
		{dimension{length: -1, mass: 1, span: -2}, "Pa=1 pascal=1 kPa=1000"},
		{dimension{span: -1}, "Hz=1 hertz=1"},
		{dimension{current: 1}, "A=1 ampere=1 amp=1 mA=1/1000"},
		{dimension{span: 1, current: 1}, "C=1 coulomb=1"},
		{dimension{length: 2, mass: 1, span: -3, current: -1}, "V=1 volt=1"},
		{dimension{dollar: 1}, "$=1 dollar=1 USD=1 cent=1/100 ¢=1/100"},
		{dimension{euro: 1}, "€=1 euro=1 EUR=1"},
		{dimension{pound: 1}, "£=1 GBP=1"},
		{dimension{yen: 1}, "¥=1 yen=1 JPY=1"},
	} {
		if _, rest, found := strings.Cut(" "+row.rows+" ", " "+name+"="); found {
			factor, _, _ := strings.Cut(rest, " ")
			return factor, row.of, true
		}
	}
	return "0", dimension{}, false
}

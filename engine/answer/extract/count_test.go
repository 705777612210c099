package extract_test

import "testing"

// TestCounts: of several numbers in a sentence the one that it counts is read,
// and not one that bounds it or says of what, where or when.
func TestCounts(t *testing.T) {
	readAll(t, "bounds", [][2]string{
		{"There are 12 primes below 40.", "12"},
		{"Hence, there are 12 such numbers less than 100.", "12"},
		{"So there are exactly **12** positive integers not exceeding 100.", "12"},
		{"Thus, 12 is the remainder when N is divided by 1000.", "12"},
		{"Then the length is 12.35 cm, rounded to 2 decimal places.", "12.35"},
		{"The largest prime below 40 is 37.", "37"},
		{"So n is less than 5.", "5"},
		{"With 3 boxes there are 12 ways.", "12"},
		{"There are 1 234 567 such numbers (with 7 digits).", "1234567"},
		{"On page 12 345 words stand.", "345"},
	})
	readAll(t, "sentences in which no verb marks the answer", [][2]string{
		{"Answer: She has 5 apples left after 3 days.", "5"},
		{"Answer: After 3 days she has 5 apples.", "5"},
		{"Réponse : Il y a 12 pommes dans 3 paniers.", "12"},
		{"Antwort: Er braucht 5 Tage für 3 Häuser.", "5"},
		{"Respuesta: quedan 12 manzanas en 3 cestas.", "12"},
		{"Risposta: restano 12 mele dopo 3 giorni.", "12"},
		{"Ответ: останется 12 яблок через 3 дня.", "12"},
		{"Answer: Jane started 3 hours ago.", "3"},
		{"Answer: 5 out of 12 pass.", "5"},
		{"Answer: it ends in 25.", "25"},
		{"Resposta: R$ 220 em 12 meses.", "220"},
		{"Odpowiedź: zostanie 220 zł za 12 miesięcy.", "220"},
	})
	readAll(t, "lists", [][2]string{
		{"The answers are 1, 2, and 3.", "1,2,3"},
		{"Answer: x=1, y=2, and z=3", "x=1, y=2, z=3"},
		{"The answer is 5, or 6 if x>0", "5"},
		{"The answer is 5, and 3 is not.", "5"},
		{"The roots are 1, 234.", "1, 234"},
		{"They are 1, 234 in all.", "234"},
		{"There are 10 apples and 5", "5"},
		{"So n fails for 12, and 11 is it.", "11"},
	})
	readAll(t, "what is worked out", [][2]string{
		{"Hence he needs 60 x 4 = 240 sheets of paper every month.", "240"},
		{"So they used 10x6=60 tickets that day.", "60"},
		{"So 4/20 x 100% = 20% of them.", "20%"},
		{"So there are 16 x 3 = 48 kilograms of flour in 3 bags.", "48"},
		{"Thus 9 + 6 = 15 liters of water out of the 24 liters.", "15"},
		{"He pays $6.50 + $5.50 = $12 for 5 apples and 5 oranges.", "12"},
		{"Since 2 + 3 = 5, the total is 10.", "10"},
		{"We have 2 + 3 = 5, so there are 10.", "10"},
		{"With n = 3 there are 12 ways.", "12"},
		{"If n = 3 he needs 12 coins.", "12"},
		{"So 12 x = 24", "12x=24"},
		{"Of 200, 40 stay. 200 - 40 = 160 left", "160"},
	})
	readAll(t, "formulas beside plain numbers", [][2]string{
		{"Martha's turtle can crawl $120.0$ feet in 40 seconds.", "120"},
		{"Brenda will have $975$ dollars after 3 years.", "975"},
		{"The trains are **270** miles apart after 3 hours.", "270"},
		{"With $n = 3$ there are 12 ways.", "12"},
		{"For the $5$ children there are 12 ways.", "12"},
		{"She needs $39 and has $14, so she earns $39 - $14 = $25.", "25"},
		{"Of the $5$ children, 3 ran.", "3"},
		{"We have $n - 1$ of them, which makes 12.", "12"},
		{"The grid is 3 x 4.", "3 x 4"},
	})
	readAll(t, "articles", [][2]string{
		{"So he rolls a 6.", "6"},
		{"A 24-gon is it.", "24"},
		{"So a + 12", "a+12"},
		{"It is 1.5 x 10^3", "1500"},
	})
}

func TestNumbersInWords(t *testing.T) {
	readAll(t, "numbers in words", [][2]string{
		{"The answer is twenty-one.", "twenty-one"},
		{"So the answer is twelve.", "twelve"},
		{"The answer is one half.", "one half"},
		{"The answer is fifty.", "fifty"},
		{"The answer is forty-two (42).", "forty-two"},
		{"The answer is three (not four).", "three"},
		{`{"answer": 42}`, "42"},
	})
}

package value

import (
	"testing"
)

// pairs are expressions that are to compare so, most of them by that tier.
var pairs = []struct {
	a, b string
	want Verdict
	tier Tier
}{
	// numbers
	{"1/2", "0.5", Equal, Shape},
	{"1/2+1/3", "5/6", Equal, Shape},
	{"3016944", "3016944.5", Different, Proof},
	{`rep("0.(3)")`, "1/3", Equal, Shape},
	{`rep("0.1(6)")`, "1/6", Equal, Shape},
	{`rep(".(9)")`, "1", Equal, Shape},
	{`radix("1011", 2)`, "11", Equal, Shape},
	{"pct(10)", "0.1", Equal, Shape},
	{"pow(2,10)", "1024", Equal, Shape},
	{"binom(10,3)", "120", Equal, Proof},
	{"fact(20)", "2432902008176640000", Equal, Proof},
	{"dfact(9)", "945", Equal, Proof},
	{"gcd(84,36)+lcm(4,6)", "24", Equal, Proof},
	{"mod(-7,3)", "2", Equal, Proof},
	{"floor(sqrt(10))", "3", Equal, Proof},
	{"ceil(-7/2)", "-3", Equal, Proof},
	{"max(sqrt(2),3/2)", "3/2", Equal, Proof},
	{"sum(k,1,100,k)", "5050", Equal, Proof},
	{"prod(k,1,5,k)", "120", Equal, Proof},
	{"0/0", "1", Unknown, ""},
	{"pow(0,0)", "1", Unknown, ""},
	// roots
	{"sqrt(8)", "2*sqrt(2)", Equal, Proof},
	{"1/(sqrt(2)+sqrt(3))", "sqrt(3)-sqrt(2)", Equal, Proof},
	{"1/(1+sqrt(2)+sqrt(3)+sqrt(5))", "1/(sqrt(5)+sqrt(3)+1+sqrt(2))", Equal, Shape},
	{"sqrt(5+2*sqrt(6))", "sqrt(2)+sqrt(3)", Equal, Proof},
	{"sqrt(3-2*sqrt(2))", "sqrt(2)-1", Equal, Proof},
	{"(6*sqrt(1789-240*sqrt(21))+8*sqrt(1236-240*sqrt(21)))/5", "96-10*sqrt(21)", Equal, Proof},
	{"root(2+sqrt(5),3)+root(2-sqrt(5),3)", "1", Equal, Proof},
	{"root(-8,3)", "-2", Equal, Proof},
	{"root(20+14*sqrt(2),3)+root(20-14*sqrt(2),3)", "4", Equal, Proof},
	{"root(4,3)*root(2,3)", "2", Equal, Proof},
	{"1/(1+root(2,3)+root(4,3))", "root(2,3)-1", Equal, Proof},
	{"sqrt(3+4*i)", "2+i", Equal, Proof},
	{"sqrt(-4)", "2*i", Equal, Proof},
	{"pow(1+i,8)", "16", Equal, Proof},
	{"sqrt(pow(10,30)+1)", "pow(10,15)", Different, Balls},
	{"root(7+5*sqrt(2),3)", "1+sqrt(2)", Equal, Proof},
	{"sqrt(2)+sqrt(3)", "sqrt(10)", Different, Proof},
	{"pow(2,1/2)", "sqrt(2)", Equal, Proof},
	{"pow(-8,1/3)", "-2", Unknown, ""},
	{"sqrt(2+sqrt(2))*sqrt(2-sqrt(2))", "sqrt(2)", Equal, Balls},
	// functions
	{"sin(pi/6)", "1/2", Equal, Proof},
	{"sin(deg(30))", "1/2", Equal, Proof},
	{"cos(pi/5)", "(1+sqrt(5))/4", Equal, Proof},
	{"tan(pi/8)", "sqrt(2)-1", Equal, Proof},
	{"tan(pi/12)", "2-sqrt(3)", Equal, Proof},
	{"cot(-pi/4)", "-1", Equal, Proof},
	{"sec(pi/3)", "2", Equal, Proof},
	{"log(2,8)", "3", Equal, Proof},
	{"log(4,8)", "3/2", Equal, Proof},
	{"log(2,3)*log(3,4)", "2", Equal, Proof},
	{"ln(6)", "ln(2)+ln(3)", Equal, Proof},
	{"pow(e,i*pi)", "-1", Equal, Proof},
	{"cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)", "1/2", Equal, Balls},
	{"4*arctan(1/5)-arctan(1/239)", "pi/4", Equal, Balls},
	{"cos(pi/17)", "cos(2*pi/17)", Different, Balls},
	{"pow(e,pi*sqrt(163))", "262537412640768744", Different, Balls},
	{"pi", "355/113", Different, Proof},
	{"pi+e", "6", Different, Balls}, // nobody has proved that they are independent
	{"pi*e", "e*pi+0", Equal, Shape},
	{"pi*pi", "pow(pi,2)", Equal, Proof},
	{"abs(3-pi)", "pi-3", Equal, Balls},
	{"tanh(1000)", "1", Unknown, ""},
	{"1+pow(pow(sin(1),4000),2)", "1", Unknown, ""},
	{"e", "exp(1)", Equal, Shape},
	{"prod(k,1,6,1-pow(e,2*pi*i*k/7))", "7", Equal, Balls},
	// sizes
	{"pow(10,pow(10,10))", "pow(10,pow(10,10))", Equal, Shape},
	{"pow(10,pow(10,10))+1", "1+pow(10,pow(10,10))", Equal, Shape},
	{"(pow(5,pow(5,pow(5,pow(5,5)))-4)-5)/16", "1", Different, Fields},
	{"pow(2024,4046)", "pow(2024,4045)*2024", Equal, Fields},
	{"pow(2,pow(10,9))*2", "pow(2,pow(10,9)+1)", Equal, Fields},
	{"pow(4,1000)", "pow(2,2000)", Equal, Shape},
	{"pow(4,10000)", "pow(2,20000)", Equal, Fields},
	{"pow(2,1000000000)", "pow(2,1000000061)", Different, Balls},
	{"fact(2024)", "2024*fact(2023)", Equal, Fields},
	{"1/fact(2004)", "1/fact(2006)", Different, Balls},
	{"pow(10,-400)", "2*pow(10,-400)", Different, Proof},
	{"pow(2,-99)", "pow(2,-98)", Different, Proof},
	{"binom(1000000,500000)", "1", Different, Balls},
	{"binom(2026,1013)", "fact(2026)/(fact(1013)*fact(1013))", Equal, Fields},
	{"sum(k,1,pow(10,9),1/k)", "1", Unknown, ""},
	{"pow(9,pow(9,9))", "pow(9,pow(9,9))+1", Different, Fields},
	{"pow(9,pow(9,pow(9,9)))", "pow(9,pow(9,pow(9,9)))+1", Different, Fields},
	{"fact(fact(10))", "fact(fact(11))", Different, Balls},
	{"fact(fact(fact(10)))", "1", Unknown, ""},
	{"pow(e,1000000)", "pow(e,1000001)", Different, Proof},
	{"pow(10,pow(10,10))", "pow(10,pow(10,10)-1)", Different, Balls},
	{"pow(pi,pow(10,10))", "pow(pi,pow(10,10)+1)", Different, Balls},
	// variables
	{"pow(x,2)+2*x+1", "pow(x+1,2)", Equal, Proof},
	{"(pow(x,2)-1)/(x-1)", "x+1", Equal, Proof},
	{"1/x+1/y", "(x+y)/(x*y)", Equal, Proof},
	{"pow(x+y+z+w+1,200)", "pow(x+y+z+w+1,199)", Different, Balls},
	{"pow(x+y,50)", "sum(k,0,50,binom(50,k)*pow(x,k)*pow(y,50-k))", Equal, Proof},
	{"floor(log(2,a))+1", "1+floor(log(2,a))", Equal, Shape},
	{"pow(-1,n)", "cos(n*pi)", Equal, Fields},
	{"sqrt(1/n)", "1/sqrt(n)", Equal, Proof},
	{"sqrt(pow(x,2))", "x", Different, Balls},
	{"sqrt(pow(x,2))", "abs(x)", Equal, Balls},
	{"pow(2,n+1)", "2*pow(2,n)", Equal, Fields},
	{"n*(n+1)/2", "sum(k,1,n,k)", Equal, Fields},
	{"fact(n)/fact(n-1)", "n", Equal, Fields},
	{"binom(n,2)", "n*(n-1)/2", Equal, Fields},
	{"floor(n/2)", "(2*n-1+pow(-1,n))/4", Equal, Fields},
	{"floor(n/2)", "n/2", Different, Balls},
	{"pow(sin(x),2)+pow(cos(x),2)", "1", Equal, Balls},
	{"ln(pow(x,2))", "2*ln(abs(x))", Equal, Balls},
	{"f(x)+1", "1+f(x)", Equal, Shape},
	{"2*f(x)", "f(x)+f(x)", Equal, Fields},
	{"f(x+x)", "f(2*x)", Unknown, ""},
	{"f(x)", "g(x)", Different, Balls},
	{"x", "y", Different, Proof},
	{"arcsin(x)+arccos(x)", "pi/2", Equal, Balls},
	{"sum(k,1,n,pow(k,2))", "sum(j,1,n,j*j)", Equal, Fields},
	{"sum(k,1,3,k)", "sum(j,1,3,j)", Equal, Shape},
	{"det(matrix(row(a,b),row(c,d)))", "a*d-b*c", Equal, Shape},
	{"list(1,2)", "list(1,2)", Equal, Shape},
	{"list(1,2)", "list(2,1)", Unknown, ""},
	{"abs(x-1000)", "1000-x", Different, Balls},
	{"floor(n/100)", "0*n", Different, Proof},
	{"max(x,-500)", "x", Different, Balls},
	{"gcd(n,12)", "gcd(n+12,12)", Equal, Fields},
	{"gcd(n,12)", "gcd(n,4)*gcd(n,3)", Equal, Fields},
	{"mod(n,3)", "n-3*floor(n/3)", Equal, Fields},
	{"pow(2,1/4)", "sqrt(sqrt(2))", Equal, Proof},
	{"root(2*sqrt(2),3)", "sqrt(2)", Equal, Proof},
	{"root(-2*sqrt(2),3)", "-sqrt(2)", Equal, Proof},
	{"sqrt(root(4,3)/9)", "root(2,3)/3", Equal, Proof},
	{"sqrt(-sqrt(2))", "i*root(2,4)", Equal, Proof},
	{"sqrt(3*sqrt(2))", "root(18,4)", Equal, Proof},
	{"sqrt(3*sqrt(2))", "root(19,4)", Different, Proof},
}

func TestCompare(t *testing.T) {
	for _, p := range pairs {
		a, b := tree(t, p.a), tree(t, p.b)
		got, back := free.Compare(a, b), free.Compare(b, a)
		if got.Verdict != p.want || got.Tier != p.tier {
			t.Errorf("Compare(%s, %s) = %v by %q (%s), want %v by %q", p.a, p.b, got.Verdict, got.Tier, got.Reason, p.want, p.tier)
		}
		if back.Verdict != got.Verdict {
			t.Errorf("Compare(%s, %s) = %v, but %v the other way round", p.a, p.b, got.Verdict, back.Verdict)
		}
	}
}

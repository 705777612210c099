package ball

import (
	"math/big"
)

// constantBits is how many bits after the point the constants here have.
const constantBits = 1664

// π and the logarithm of 2, cut off after constantBits.
const (
	hexPi = "3243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89452821e638d01377be5466cf34e90c6cc0ac29b" +
		"7c97c50dd3f84d5b5b54709179216d5d98979fb1bd1310ba698dfb5ac2ffd72dbd01adfb7b8e1afed6a267e96ba7c9045f12c7f9" +
		"924a19947b3916cf70801f2e2858efc16636920d871574e69a458fea3f4933d7e0d95748f728eb658718bcd5882154aee7b54a41" +
		"dc25a59b59c30d5392af26013c5d1b023286085f0ca417918b8db38ef8e79dcb0603a180e6c9e0e8bb01e8a3ed71577c1bd314b2" +
		"7"
	hexLn2 = "b17217f7d1cf79abc9e3b39803f2f6af40f343267298b62d8a0d175b8baafa2be7b876206debac98559552fb4afa1b10ed2eae35" +
		"c138214427573b291169b8253e96ca16224ae8c51acbda11317c387eb9ea9bc3b136603b256fa0ec7657f74b72ce87b19d6548ca" +
		"f5dfa6bd38303248655fa1872f20e3a2da2d97c50f3fd5c607f4ca11fb5bfb90610d30f88fe551a2ee569d6dfc1efa157d2e23de" +
		"1400b39617460775db8990e5c943e732b479cd33cccc4e659393514c4c1a1e0bd1d6095d25669b333564a3376a9c7f8a5e148e82"
)

// fixedConstant is a constant to w bits after the point, up to 2 units less
// than it is; w is at most constantBits.
func fixedConstant(hex string, w uint) *big.Int {
	n, _ := new(big.Int).SetString(hex[:len(hex)-int(constantBits-w)/4], 16)
	return n.Rsh(n, (constantBits-w)%4)
}

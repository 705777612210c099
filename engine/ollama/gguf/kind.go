package gguf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Unfit says what a file is, and what to do, if it is no model that can chat,
// by its name and its head; "" if it may be one.
func (h Head) Unfit(name string) (what, todo string) {
	arch := strings.ToLower(h.Architecture())
	kind := strings.ToLower(h.texts["general.type"])
	const whole = "import the language model that it belongs to"
	part, parts := h.shard(name)
	switch {
	case parts > 1:
		return fmt.Sprintf("a shard, part %d of %d of a model", part, parts), "join the parts with `llama-gguf-split --merge`, and import the whole"
	case kind == "adapter" || h.has("adapter.type") || h.has("adapter.lora.alpha"):
		return "a LoRA adapter, which only changes another model", "merge it into its model with `llama-export-lora`, and import that"
	case arch == "controlvector":
		return "a control vector, which only changes another model", whole
	case kind == "imatrix" || arch == "imatrix" || h.has("imatrix.datasets"):
		return "an importance matrix, which quantizers use", whole
	case kind == "mmproj" || kind == "projector" || arch == "clip" || arch == "mmproj" || h.seesOnly():
		return "an mmproj projector, the part of a model that reads pictures or sound", whole
	case h.embeds(arch):
		return "an embedding model or a classifier, which writes no text", "choose a model that chats"
	case kind != "" && kind != "model":
		return fmt.Sprintf("a GGUF file of the type %q", kind), whole
	}
	return h.speechless(arch)
}

// speechless is Unfit for what is a whole model, but of another kind.
func (h Head) speechless(arch string) (what, todo string) {
	const chats = "choose a model that chats"
	words := h.has("tokenizer.ggml.model") || h.has("tokenizer.ggml.tokens")
	switch {
	case slices.Contains([]string{"flux", "sd1", "sdxl", "sd3", "aura", "ltxv", "hyvid", "wan", "cosmos", "hidream", "lumina2", "qwen_image", "qwenimage", "z_image", "pig", "stable-diffusion"}, arch):
		return "a diffusion model, which makes pictures", chats
	case slices.Contains([]string{"dream", "llada", "llada-moe", "llada2", "rnd1"}, arch):
		return "a diffusion model, which does not write from left to right", chats
	case slices.Contains([]string{"whisper", "parakeet", "moonshine", "wavtokenizer-dec", "snac", "dac", "encodec", "kokoro", "parler-tts", "dia"}, arch):
		return "a model of speech or sound", chats
	case strings.HasPrefix(arch, "t5") || slices.Contains([]string{"bart", "marian", "m2m100"}, arch):
		return "an encoder with a decoder, which cannot chat", chats
	case slices.Contains([]string{"vit", "sam", "dinov2", "yolo", "siglip"}, arch):
		return "a model of pictures", chats
	case arch == "eagle3" || arch == "dflash":
		return "a draft model, which only hastens another", "import the language model that it belongs to"
	case h.numbers[h.Architecture()+".attention.causal"] == 0 && h.has(h.Architecture()+".attention.causal"):
		return "an encoder, which writes no text", chats
	case words && h.tensors == 0:
		return "a vocabulary without weights", "import the model that it belongs to"
	case !words && h.tensors > 0:
		return "no language model: it has no vocabulary", chats
	}
	return "", ""
}

// embeds says whether the model server takes the model for one that makes
// vectors of texts: it does wherever the head says how they are pooled.
func (h Head) embeds(arch string) bool {
	return h.has(h.Architecture()+".pooling_type") || h.has("pooling_type") || h.has(h.Architecture()+".classifier.output_labels") ||
		strings.Contains(arch, "bert") || slices.Contains([]string{"gemma-embedding", "llama-embed", "t5encoder"}, arch)
}

// seesOnly says that all the layers are for pictures.
func (h Head) seesOnly() bool {
	return h.numbers[h.Architecture()+".block_count"] == 0 && h.numbers[h.Architecture()+".vision.block_count"] > 0
}

// shard is which part of how many a file is; zeros if it is whole.
func (h Head) shard(name string) (part, parts uint64) {
	if n := h.numbers["split.count"]; n > 0 {
		return h.numbers["split.no"] + 1, n
	}
	if m := regexp.MustCompile(`(?i)-(\d{1,9})-of-(\d{1,9})(?:\.gguf)?$`).FindStringSubmatch(name); m != nil {
		part, _ = strconv.ParseUint(m[1], 10, 64)
		parts, _ = strconv.ParseUint(m[2], 10, 64)
	}
	return part, parts
}

func (h Head) has(key string) bool { return h.keys[key] }

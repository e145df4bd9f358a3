package io.notagenbench.params;

import java.util.Locale;

/** How patches and characters are decoded. In fp32 all decodings write the same text. */
public enum Decoding {
    /** Computes the whole context for every patch and the whole patch for every character, as the original does. */
    RECOMPUTE,
    /** Key/value caches on both levels; a patch stops at its EOS. */
    CACHED,
    /** As cached, with the characters of a patch decoded and sampled in one call of the engine. */
    FUSED,
    /** As cached, with drafts of the next characters that one pass verifies; accepted only where the draw agrees. */
    SPECULATIVE;

    /** The value of {@code -p decoding=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a label; {@link IllegalArgumentException} if there is none. */
    public static Decoding of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

package io.notagenbench.params;

import java.util.Locale;

/** Where keys and values are kept between two calls of a model. */
public enum CachePlacement {
    /** Where the model is. */
    DEVICE,
    /** In main memory, even if the model is on a card: every call sends them over the bus. */
    HOST;

    /** The value of {@code -p caches=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a label; {@link IllegalArgumentException} if there is none. */
    public static CachePlacement of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

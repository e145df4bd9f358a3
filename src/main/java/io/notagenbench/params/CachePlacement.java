package io.notagenbench.params;

import java.util.Locale;

/** Where keys and values are between two calls of a model. */
public enum CachePlacement {
    /** Where the model is. */
    DEVICE,
    /** In main memory, also where the model is on a card: they cross the bus with every call. */
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

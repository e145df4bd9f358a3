package io.notagenbench.checkpoint;

import java.util.LinkedHashMap;

/**
 * A dictionary of a pickle, or an opaque value: an object of any class, of which only the name of the class, its items
 * and its state are kept. The class is never loaded. Keys that are not text are dropped together with their values: no
 * model is under them, and nested lists as a key would take forever to hash.
 */
final class PickledObject extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;
    private static final String DICTIONARY = "dict";

    private final String className;
    private transient Object state;

    PickledObject(String className) {
        this.className = className;
    }

    static PickledObject dictionary() {
        return new PickledObject(DICTIONARY);
    }

    /** Its class as the pickle spells it. */
    String className() {
        return className;
    }

    boolean isDictionary() {
        return className.equals(DICTIONARY);
    }

    /** Adds an item as a dictionary does, if the key is text. */
    void set(Object key, Object value) {
        if (key instanceof String text) {
            put(text, value);
        }
    }

    /** What Python would give to the object to fill its fields; null if there is nothing. */
    Object state() {
        return state;
    }

    /** Takes the state. A dictionary has none but the {@code _metadata} of PyTorch, which weights do not need. */
    void state(Object fields) {
        if (!isDictionary()) {
            state = fields;
        }
    }

    /** Whether it is a module of PyTorch: the model itself and not its state dict. */
    boolean isModule() {
        return state instanceof PickledObject fields && fields.containsKey("_modules") && fields.containsKey("_parameters");
    }
}

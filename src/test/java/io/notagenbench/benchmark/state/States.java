package io.notagenbench.benchmark.state;

import io.notagenbench.params.Backend;
import java.lang.reflect.Field;
import org.openjdk.jmh.annotations.Param;

/** Fills states as JMH would: every parameter with its first declared value, so that tests and defaults cannot drift. */
public final class States {

    private States() {
    }

    public static <T> T withDefaults(T state) {
        for (Field field : state.getClass().getFields()) {
            Param values = field.getAnnotation(Param.class);
            if (values != null) {
                set(state, field, field.getType().isEnum() ? field.getType().getEnumConstants()[0].toString() : values.value()[0]);
            }
        }
        return state;
    }

    /** Sets a parameter as JMH does, which has a constant's name for it. */
    static void set(Object state, Field field, String value) {
        try {
            field.set(state, field.getType() == Backend.class ? Backend.valueOf(value) : value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A loaded model for pieces that are decoded together, on one thread as {@link #model}, to be closed. */
    public static BatchModelState batchModel(String backend) {
        BatchModelState state = withDefaults(new BatchModelState());
        state.backend = Backend.valueOf(backend);
        state.threads = "1";
        state.load();
        return state;
    }

    /** A loaded model, to be closed. It has one thread: several wait for each other busily when other tests need the cores. */
    public static ModelState model(String backend, String decoding) {
        ModelState state = withDefaults(new ModelState());
        state.backend = Backend.valueOf(backend);
        state.decoding = decoding;
        state.threads = "1";
        state.load();
        return state;
    }
}

package io.notagenbench.engine;

import java.nio.FloatBuffer;

/** A vector in an engine's memory that the engine's own sum reads from end to end. Used by one thread at a time. */
public interface ReadBuffer extends AutoCloseable {

    /** Writes all of {@code values}, from its position on, to the elements from {@code first} on. */
    void write(long first, FloatBuffer values);

    /** The sum of all elements, in fp32, added up {@link #repetitions} times in one call. */
    float sum();

    /**
     * How often a call reads the vector, or copies it within the device. On a card this is often, so that the call
     * itself costs little.
     */
    default int repetitions() {
        return 1;
    }

    @Override
    void close();
}

package io.notagenbench.engine;

import java.nio.FloatBuffer;

/** A vector in an engine's memory that the engine's own sum reads from end to end. Used by one thread at a time. */
public interface ReadBuffer extends AutoCloseable {

    /** Writes all of {@code values}, from its position on, to the elements from {@code first} on. */
    void write(long first, FloatBuffer values);

    /** The sum of all elements, in fp32. */
    float sum();

    @Override
    void close();
}

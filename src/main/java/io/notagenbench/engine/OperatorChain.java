package io.notagenbench.engine;

/**
 * A chain of an engine's smallest operators, each of which needs the result of the one before. Its time is the overhead
 * of calling the engine, launching work on the device and waiting for it. Used by one thread at a time.
 */
public interface OperatorChain extends AutoCloseable {

    /**
     * Adds 1 to one element as often as the chain is long, from 0 on, in one call of the engine.
     *
     * @return the result, read back when the device has done it: the number of operators
     */
    float run();

    @Override
    void close();
}

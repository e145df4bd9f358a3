package io.notagenbench.engine;

/**
 * A number of one engine's smallest operators, each of which needs the one before it: what they take is what calling the
 * engine, launching work on the device and waiting for it takes. Used by one thread at a time.
 */
public interface OperatorChain extends AutoCloseable {

    /**
     * Adds 1 to one element as often as the chain is long, from 0 on, in one call of the engine.
     *
     * @return what came of it, read back when the device has done it: the number of operators
     */
    float run();

    @Override
    void close();
}

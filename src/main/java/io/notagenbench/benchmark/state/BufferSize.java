package io.notagenbench.benchmark.state;

import io.notagenbench.device.HostFacts;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;

/** How much memory is to be read, and whether it is there: a machine that swaps would measure its disk. */
final class BufferSize {

    private static final int MIB = 20;

    private BufferSize() {
    }

    /**
     * @param buffer MiB
     * @return bytes
     */
    static long bytes(int buffer) {
        return (long) buffer << MIB;
    }

    /** @throws Fault (failed) if so many bytes are not free on this machine; what is free on a card its owner asks */
    static void requireFree(Device device, int buffer, long bytes) {
        if (device.kind() == Device.Kind.CPU) {
            require(buffer, bytes, HostFacts.collect().availableBytes(), "free on this machine");
        }
    }

    /** @throws Fault (failed) if so many bytes do not fit into the Java heap */
    static void requireHeap(int buffer, long bytes) {
        Runtime runtime = Runtime.getRuntime();
        require(buffer, bytes, runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory(), "left of the Java heap");
    }

    static void require(int buffer, long bytes, long there, String where) {
        if (bytes > there) {
            throw Fault.failed("buffer=" + buffer + " needs " + (bytes >> MIB) + " MiB and " + (there >> MIB) + " MiB are "
                    + where + ": choose a smaller buffer");
        }
    }
}

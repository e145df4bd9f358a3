package io.notagenbench.benchmark.state;

import io.notagenbench.device.HostFacts;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceOwner;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.BufferBytes;

/** Bytes of a buffer, and whether the machine has them free: a machine that swaps would measure its disk. */
final class BufferSize {

    private static final int MIB = 20;

    private BufferSize() {
    }

    /** On a card a buffer is at most this part of its memory: a model, or another buffer, may be there, too. */
    private static final int PART_OF_CARD = 8;

    /**
     * @param buffer MiB
     * @return bytes
     */
    static long of(int buffer, EngineSettings settings) {
        long bytes = BufferBytes.of(buffer, settings.device().label());
        return settings.device().kind() == Device.Kind.CPU ? bytes
                : Math.min(bytes, DeviceOwner.totalBytes(settings) / PART_OF_CARD >> MIB << MIB);
    }

    /** @throws Fault (failed) if this machine has fewer bytes free; on a card {@code DeviceOwner} asks */
    static void requireFree(Device device, int buffer, long bytes) {
        if (device.kind() == Device.Kind.CPU) {
            requireMain(buffer, bytes);
        }
    }

    /** @throws Fault (failed) if main memory has fewer bytes free */
    static void requireMain(int buffer, long bytes) {
        require(buffer, bytes, HostFacts.availableNow(), "free on this machine");
    }

    /** @throws Fault (failed) if the Java heap has fewer bytes left */
    static void requireHeap(int buffer, long bytes) {
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        require(buffer, bytes, left, "left of the Java heap");
    }

    static void require(int buffer, long bytes, long there, String where) {
        if (bytes > there) {
            throw Fault.failed("buffer=" + buffer + " needs " + (bytes >> MIB) + " MiB, but " + (there >> MIB)
                    + " MiB are " + where + ": choose a smaller buffer");
        }
    }
}

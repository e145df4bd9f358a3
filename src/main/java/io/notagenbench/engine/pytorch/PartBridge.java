package io.notagenbench.engine.pytorch;

import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.HandOvers;

/**
 * Hands hidden states over from the device of the first part of a model to that of the last, and measures what it
 * takes. Both ends of a hand-over wait for their device, so that nothing else is measured. The states are copied even
 * within one device.
 */
final class PartBridge {

    private final PartScript first;
    private final PartScript last;
    private long count;
    private long nanos;

    PartBridge(PartScript first, PartScript last) {
        this.first = first;
        this.last = last;
    }

    /**
     * @param hidden {@code [n, H]} on the device of the first part
     * @return the same on that of the last, the caller's to close
     */
    IValue carry(IValue hidden) {
        first.run("wait", hidden).close();
        long start = System.nanoTime();
        IValue taken = last.run("take_over", hidden);
        last.run("wait", taken).close();
        nanos += System.nanoTime() - start;
        count++;
        return taken;
    }

    HandOvers total() {
        return new HandOvers(count, nanos);
    }
}

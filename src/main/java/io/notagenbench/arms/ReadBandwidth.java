package io.notagenbench.arms;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the read bandwidth of main memory: each engine sums a vector that is larger than any cache. It is measured
 * again in every round, and the best reading counts, because other processes can only slow it down.
 */
final class ReadBandwidth implements AutoCloseable {

    private static final long ELEMENTS = 1L << 26;
    private static final int READINGS = 3;

    private final List<ReadBuffer> buffers = new ArrayList<>();
    private double best;

    /**
     * @param device  on a card nothing is measured: not every engine reads a vector there
     * @param threads that read
     */
    ReadBandwidth(Device device, int threads) {
        if (device.kind() != Device.Kind.CPU) {
            return;
        }
        for (BackendProvider backend : BackendProvider.all()) {
            EngineSettings settings =
                    new EngineSettings(backend.name(), Device.CPU, Precision.FP32, Decoding.CACHED, threads);
            backend.probes().ifPresent(probes -> buffers.add(probes.readBuffer(settings, ELEMENTS)));
        }
    }

    /** Sums the whole vector a few times. */
    void measure() {
        for (ReadBuffer buffer : buffers) {
            for (int reading = 0; reading < READINGS; reading++) {
                long start = System.nanoTime();
                float sum = buffer.sum();
                long nanos = System.nanoTime() - start;
                if (sum != 0) {
                    throw new IllegalStateException("the sum of zeros is " + sum);
                }
                best = Math.max(best, (double) ELEMENTS * Float.BYTES / nanos);
            }
        }
    }

    /** 10<sup>9</sup> bytes a second; 0 where nothing was measured. */
    double gigabytes() {
        return best;
    }

    @Override
    public void close() {
        buffers.forEach(ReadBuffer::close);
    }
}

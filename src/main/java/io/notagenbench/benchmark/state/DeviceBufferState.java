package io.notagenbench.benchmark.state;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceBuffer;
import io.notagenbench.engine.DeviceOwner;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A buffer in the memory of a device and a copy of it in main memory, filled like {@link EngineBufferState}. On the CPU
 * both are in main memory, so nothing crosses a bus. PyTorch holds the buffer for every backend, since ONNX Runtime
 * keeps no tensor of its caller on a device.
 */
@State(Scope.Benchmark)
public class DeviceBufferState extends BufferParameters {

    /** The device whose memory has the buffer. */
    @Param(Defaults.DEVICE)
    public String device;

    private DeviceOwner owner;
    private long bytes;
    private DeviceBuffer memory;

    /**
     * Fills the buffer and checks what will be timed.
     *
     * @throws Fault (failed) if there is too little memory, or beginning with {@code WRONG_OUTPUT} if a check fails
     */
    @Setup(Level.Trial)
    public void open() {
        EngineSettings settings = settings();
        bytes = super.bytes();
        BufferSize.requireMain(size(), settings.device().kind() == Device.Kind.CPU ? 2 * bytes : bytes);
        owner = DeviceOwner.of(settings, bytes);
        long elements = bytes / Float.BYTES;
        memory = owner.load(() -> RooflineProbes.of(settings.backend()).deviceBuffer(settings, elements));
        Placement.announce(settings.device(), owner.place());
        long first = EngineBufferState.fill(memory, elements, 1);
        toHost();
        EngineBufferState.fill(memory, elements, 2);
        toDevice();
        EngineBufferState.requireSum(first, memory.sum());
        long half = EngineBufferState.fill(memory, elements / 2, 3);
        copy();
        EngineBufferState.requireSum(2 * half, memory.sum());
    }

    /** Copies one half over the other on the device; returns the last element. */
    public float copy() {
        return memory.copy();
    }

    /** Copies main memory to the device; returns the last element there. */
    public float toDevice() {
        return memory.toDevice();
    }

    /** Copies the device to main memory; returns the last element there. */
    public float toHost() {
        return memory.toHost();
    }

    /** Returns the sum of the buffer. */
    public float sum() {
        return memory.sum();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Bytes that a call reads, or reads and writes within the device. */
    public long movedBytes() {
        return bytes * memory.repetitions();
    }

    @TearDown(Level.Trial)
    public void close() {
        memory.close();
        owner.close();
    }
}

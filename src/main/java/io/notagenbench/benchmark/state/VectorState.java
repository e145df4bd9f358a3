package io.notagenbench.benchmark.state;

import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One row, and as many blocks of linear layers as fill the buffer. */
@State(Scope.Benchmark)
public class VectorState extends BufferParameters {

    /** The inference engine; by default each of them. */
    @Param
    public Backend backend;

    /** Number format of the weights; a format that the engine lacks is refused. */
    @Param(Defaults.PRECISION)
    public String precision;

    /** Where the layers are. */
    @Param(Defaults.DEVICE)
    public String device;

    private LinearBlocks layers;
    private long bytes;

    /**
     * Loads the layers and compares them with double precision.
     *
     * @throws io.notagenbench.fault.Fault (failed) if the memory is not there, or with {@code WRONG_OUTPUT} in front
     */
    @Setup(Level.Trial)
    public void open() {
        EngineSettings settings = settings();
        int hidden = LinearBlocks.widest(settings, super.bytes());
        long block = LinearBlocks.block(settings, hidden).linearBytes();
        int blocks = Math.toIntExact((super.bytes() + block - 1) / block);
        bytes = blocks * block;
        // an engine may hold them twice while it makes its own form of them
        BufferSize.requireFree(settings.device(), size(), 2 * bytes);
        layers = new LinearBlocks(settings, hidden, blocks, 1);
    }

    /** Bytes of the weights: the buffer, rounded up to whole blocks. */
    @Override
    public long bytes() {
        return bytes;
    }

    /** Sends the row through all layers; returns it, {@code [H]}. */
    public float[] forward() {
        return layers.forward();
    }

    @TearDown(Level.Trial)
    public void close() {
        layers.close();
    }
}

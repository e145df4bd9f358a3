package io.notagenbench.benchmark.state;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One block of linear layers, and so many rows that reading the weights takes little of the time. A card gets more of
 * both, so that sending the rows there and back takes little, too.
 */
@State(Scope.Benchmark)
public class MatrixState {

    private static final int ROWS = 256;
    private static final int ROWS_ON_CARD = 1024;
    private static final int BLOCKS_ON_CARD = 16;

    /** The inference engine; by default each of them. */
    @Param
    public Backend backend;

    /** Number format of the weights; a format that the engine lacks is refused. */
    @Param(Defaults.PRECISION)
    public String precision;

    /** CPU threads of the engine; 0 is one for each physical core. */
    @Param(Defaults.THREADS)
    public String threads;

    /** Where the matrices are multiplied. */
    @Param(Defaults.DEVICE)
    public String device;

    private LinearBlocks layers;
    private double operations;

    /**
     * Loads the layers and compares them with double precision.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code WRONG_OUTPUT} if they differ
     */
    @Setup(Level.Trial)
    public void open() {
        EngineSettings settings = EngineSettings.of(ParameterFields.of(this));
        boolean cpu = settings.device().kind() == Device.Kind.CPU;
        int rows = cpu ? ROWS : ROWS_ON_CARD;
        int blocks = cpu ? 1 : BLOCKS_ON_CARD;
        operations = blocks * LinearBlocks.block(settings, LinearBlocks.LARGE).linearOperations(rows);
        layers = new LinearBlocks(settings, LinearBlocks.LARGE, blocks, rows);
    }

    /** Additions and multiplications of one pass. */
    public double operations() {
        return operations;
    }

    /** Sends the rows through the layers; returns them, {@code [rows, H]}. */
    public float[] forward() {
        return layers.forward();
    }

    @TearDown(Level.Trial)
    public void close() {
        layers.close();
    }
}

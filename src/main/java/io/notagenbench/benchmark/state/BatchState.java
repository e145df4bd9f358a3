package io.notagenbench.benchmark.state;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.BatchWork;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.generate.BatchGenerator;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A queue of pieces with the seeds {@code seed}, {@code seed + 1}, ..., and fresh caches for as many as are decoded together. */
@State(Scope.Benchmark)
public class BatchState extends PieceParameters {

    /** Pieces that are decoded together; 1 is one after the other. */
    @Param({"1", "2", "4", "8"})
    public String batch;

    /** Pieces in the queue, the same for every {@code batch}. */
    @Param(Defaults.PIECES)
    public String pieces;

    private List<GenerationSettings> queue;
    private int slots;
    private BatchDecoder decoder;

    /**
     * Reads the settings and compares what is decoded together with the same alone.
     *
     * @throws io.notagenbench.fault.Fault (usage) if a value is not allowed or the window is larger than the model's
     *                                     rows, (failed) with {@code WRONG_OUTPUT} in front if anything differs
     */
    @Setup(Level.Trial)
    public void prepare(BatchModelState model) {
        Parameters parameters = ParameterFields.of(this);
        slots = parameters.whole(Parameter.BATCH);
        GenerationSettings first = settings(model.config().rows());
        queue = IntStream.range(0, parameters.whole(Parameter.PIECES)).mapToObj(first::piece).toList();
        int[] prompt = PatchCodec.encodePrompt(first.prompt());
        BatchSelfCheck.patchLevel(model.model(), slots, prompt, prompt.length / ModelConfig.PATCH_SIZE);
        BatchSelfCheck.texts(model.model(), slots, queue);
    }

    /** Opens the caches. */
    @Setup(Level.Iteration)
    public void open(BatchModelState model) {
        decoder = BatchDecoder.open(model.model(), slots, queue.get(0).patchLength());
    }

    /**
     * Writes all pieces of the queue.
     *
     * @return them, in the order of their seeds
     * @throws io.notagenbench.fault.Fault (failed) that begins with the outcome of a piece that did not end well
     */
    public List<Piece> generate() {
        return new BatchGenerator(decoder).generate(queue).stream().map(PieceParameters::requireOk).toList();
    }

    /** What has been done for them. */
    public BatchWork work() {
        return decoder.work();
    }

    /** What went from device to device for them. */
    public HandOvers handOvers() {
        return decoder.handOvers();
    }

    @TearDown(Level.Iteration)
    public void close() {
        decoder.close();
    }
}

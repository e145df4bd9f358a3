package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.BatchWork;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.MultiModelGenerator;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.BatchCounters;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A queue of pieces with the seeds {@code seed}, {@code seed + 1}, ..., and fresh caches on each device for the pieces
 * that are decoded together. With several devices, the first writes the queue alone before each sample, untimed, to
 * compare with.
 */
@State(Scope.Benchmark)
public class BatchState extends PieceParameters {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Pieces that are decoded together; 1 decodes one after the other. */
    @Param({"1", "2", "4", "8"})
    public String batch;

    /** Pieces in the queue, the same for every {@code batch}. */
    @Param(Defaults.PIECES)
    public String pieces;

    private List<GenerationSettings> queue;
    private int slots;
    private MultiModelGenerator generator;
    private List<BatchDecoder> decoders;
    /** What the first device wrote alone, and its time; null if there is only one. */
    private List<Piece> alone;
    private long aloneNanos;
    private List<Piece> newest;
    private long started;
    private long nanos;
    private long[] ended;

    /**
     * Reads the settings and compares pieces that are decoded together with the same pieces decoded alone.
     *
     * @throws io.notagenbench.fault.Fault (usage) if a value is not allowed or the window is larger than the model's
     *                                     rows, (failed) that begins with {@code WRONG_OUTPUT} if anything differs
     */
    @Setup(Level.Trial)
    public void prepare(BatchModelState model) {
        Parameters parameters = ParameterFields.of(this);
        slots = parameters.whole(Parameter.BATCH);
        GenerationSettings first = settings(model.config(), model.model);
        queue = IntStream.range(0, parameters.whole(Parameter.PIECES)).mapToObj(first::piece).toList();
        ended = new long[queue.size()];
        generator = model.generator();
        int[] context = checkedContext(first);
        for (NotaGenModel each : model.models()) {
            BatchSelfCheck.patchLevel(each, slots, context, context.length / ModelConfig.PATCH_SIZE);
            BatchSelfCheck.texts(each, slots, queue);
        }
    }

    /** Lets the first of several devices write the queue alone, and opens the caches of all. */
    @Setup(Level.Iteration)
    public void open(BatchModelState model) {
        if (model.models().size() > 1) {
            writeAlone(model.models().get(0));
        }
        decoders = model.models().stream().map(this::decoder).toList();
    }

    private BatchDecoder decoder(NotaGenModel model) {
        return BatchDecoder.open(model, slots, queue.get(0).patchLength());
    }

    private void writeAlone(NotaGenModel model) {
        try (BatchDecoder decoder = decoder(model)) {
            long start = System.nanoTime();
            alone = generator.generate(List.of(decoder), queue);
            aloneNanos = System.nanoTime() - start;
            alone.forEach(PieceParameters::requireOk);
        }
    }

    /**
     * Writes all pieces of the queue.
     *
     * @return the pieces, in the order of their seeds
     * @throws io.notagenbench.fault.Fault (failed) that begins with the outcome of a piece that did not end well
     */
    public List<Piece> generate() {
        Piece[] pieces = new Piece[queue.size()];
        started = System.nanoTime();
        generator.generate(decoders, queue, (piece, number) -> {
            ended[number] = System.nanoTime();
            pieces[number] = piece;
        });
        nanos = System.nanoTime() - started;
        newest = List.of(pieces);
        newest.forEach(PieceParameters::requireOk);
        return newest;
    }

    /**
     * Counts what was written and computed, untimed, and frees the caches.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code WRONG_OUTPUT} if several devices wrote
     *                                     another text than the first alone, or any text is not that of its trace
     */
    @TearDown(Level.Iteration)
    public void close(BatchModelState model, BatchCounters counters) {
        if (newest != null) {
            count(counters);
        }
        decoders.forEach(BatchDecoder::close);
        if (newest != null) {
            queue.get(0).trace().ifPresent(trace -> newest.forEach(trace::requireText));
        }
        if (alone != null && newest != null) {
            BatchSelfCheck.sameTexts(model.models().get(0), alone, newest);
        }
        newest = null;
    }

    private void count(BatchCounters counters) {
        counters.pieces = newest.size();
        for (Piece piece : newest) {
            counters.patches += piece.work().patches();
            counters.chars += piece.work().chars();
            counters.cuts += piece.work().cuts();
            counters.latencySeconds += piece.times().total();
            counters.worstLatencySeconds = Math.max(counters.worstLatencySeconds, piece.times().total());
        }
        new QueueTimes(started, ended, slots * decoders.size()).count(counters);
        BatchWork work = decoders.stream().map(BatchDecoder::work).reduce(BatchWork.NONE, BatchWork::plus);
        counters.patchPasses = work.patchPasses();
        counters.patchRows = work.patchRows();
        counters.charPasses = work.charPasses();
        counters.charRows = work.charRows();
        HandOvers between = decoders.stream().map(BatchDecoder::handOvers).reduce(HandOvers.NONE, HandOvers::plus);
        counters.handOvers = between.count();
        counters.handOverSeconds = between.seconds();
        counters.aloneSeconds = aloneNanos / NANOS_PER_SECOND;
        counters.deviceSeconds = decoders.size() * nanos / NANOS_PER_SECOND;
    }
}

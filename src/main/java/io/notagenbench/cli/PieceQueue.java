package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.MultiModelGenerator;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Many pieces in a folder, several decoded together on each device; each is written the moment it has ended. */
final class PieceQueue {

    private final Path folder;
    private final boolean raw;
    private final PrintWriter err;
    private final BitSet delivered = new BitSet();
    private boolean complained;

    /**
     * @param folder where the pieces go; made if it is not there
     * @param raw    whether the texts are wanted as the model wrote them
     * @param err    gets a line for each piece
     */
    PieceQueue(Path folder, boolean raw, PrintWriter err) {
        this.folder = folder;
        this.raw = raw;
        this.err = err;
    }

    /**
     * Writes {@code seed-0.abc}, {@code seed-1.abc}, ...
     *
     * @param given with {@code pieces} and {@code batch}
     * @param first what the first piece is made from; the next have the next seeds
     * @return the exit code: 1 where a piece is not whole
     * @throws Fault (usage) if the settings decode one piece at a time, or the folder cannot be made
     */
    int write(Parameters given, GenerationSettings first) {
        List<EngineSettings> engines = EngineSettings.each(given);
        for (EngineSettings engine : engines) {
            BatchCheck.refusal(engine).ifPresent(reason -> {
                throw Fault.usage(reason);
            });
            BackendProvider.of(engine.backend()).require(engine);
        }
        List<GenerationSettings> queue = IntStream.range(0, given.whole(Parameter.PIECES)).mapToObj(first::piece).toList();
        int slots = Math.min(given.whole(Parameter.BATCH), queue.size());
        List<NotaGenModel> models = new ArrayList<>();
        List<BatchDecoder> decoders = new ArrayList<>();
        try (Weights weights = ModelSource.open(given.text(Parameter.MODEL));
                MultiModelGenerator generator = new MultiModelGenerator(engines.size())) {
            first.requireRows(weights.config(), weights.name());
            makeFolder();
            for (EngineSettings engine : engines) {
                models.add(BackendProvider.of(engine.backend()).open(engine, weights));
                decoders.add(BatchDecoder.open(models.get(models.size() - 1), slots, first.patchLength()));
            }
            long start = System.nanoTime();
            try (StopSignals stop = new StopSignals(() -> tellMissing(queue))) {
                generator.generate(decoders, queue, (piece, number) -> stop.whole(() -> deliver(piece, number)));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            err.printf(Locale.ROOT, "%s in %.1f s: %.0f an hour%n", Count.of(queue.size(), "piece"), seconds,
                    queue.size() / seconds * 3600);
        } finally {
            decoders.forEach(BatchDecoder::close);
            models.forEach(NotaGenModel::close);
        }
        return complained ? Fault.FAILED : 0;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Fault.usage("-o " + folder + " cannot be created: " + Fault.reason(e) + ".", e);
        }
    }

    /** Tells which pieces are written when Ctrl-C ends the process. */
    private void tellMissing(List<GenerationSettings> queue) {
        err.println("The queue was stopped: " + delivered.cardinality() + " of " + Count.of(queue.size(), "piece")
                + " are in " + folder + "; the missing seeds are " + missing(queue) + ".");
        err.flush();
    }

    /** Seeds of the pieces that are not delivered, as ranges. */
    private String missing(List<GenerationSettings> queue) {
        List<String> ranges = new ArrayList<>();
        for (int first = delivered.nextClearBit(0); first < queue.size();) {
            int next = delivered.nextSetBit(first);
            int last = (next < 0 ? queue.size() : next) - 1;
            ranges.add(queue.get(first).seed() + (last > first ? " to " + queue.get(last).seed() : ""));
            first = delivered.nextClearBit(last + 1);
        }
        return String.join(", ", ranges);
    }

    private void deliver(Piece piece, int number) {
        DeliveredText text = DeliveredText.of(piece, raw);
        String name = "seed-" + piece.seed();
        OutputFile.write(folder.resolve(name + ".abc"), text.text());
        delivered.set(number);
        err.printf(Locale.ROOT, "%s: %s, %.2f s%n", name, Count.of(piece.work().patches(), "patch", "patches"), piece.times().total());
        text.notes().forEach(note -> err.println(name + ": " + note));
        text.complaints().forEach(complaint -> err.println(name + ": " + complaint));
        err.flush();
        complained |= !text.complaints().isEmpty();
    }
}

package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.Music;
import io.notagenbench.abc.RestRestorer;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.ForkReporter;
import io.notagenbench.results.PieceCounters;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One piece, and a fresh session for each sample of it. */
@State(Scope.Benchmark)
public class PieceState extends PieceParameters {

    private GenerationSettings settings;
    private PatchDecoder decoder;
    private Piece newest;

    /**
     * Reads the settings and compares the decoder with the recomputation.
     *
     * @throws io.notagenbench.fault.Fault (usage) if a value is not allowed or the window is larger than the
     *                                     model's rows
     */
    @Setup(Level.Trial)
    public void prepare(ModelState model) {
        Parameters parameters = ParameterFields.of(this);
        settings = settings(model.config(), model.model);
        int[] context = checkedContext(settings);
        int patches = context.length / PATCH_SIZE;
        try (PatchDecoder checked = open(model, patches)) {
            SelfCheck.run(model.model(), checked, context, patches, parameters);
        }
    }

    /** Opens the caches of one piece. */
    @Setup(Level.Iteration)
    public void open(ModelState model) {
        decoder = open(model, settings.patchLength());
    }

    private PatchDecoder open(ModelState model, int window) {
        return PatchDecoders.open(Decoding.of(model.decoding), model.model(), window,
                KnownPieces.besides(settings.trace()));
    }

    /**
     * Writes the piece.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with the outcome if it is not OK: a piece that ended
     *                                     otherwise has no time
     */
    public Piece generate() {
        newest = requireOk(new PieceGenerator(settings, decoder).generate());
        return newest;
    }

    /** Counts what was written and computed, untimed, and frees the caches. */
    @TearDown(Level.Iteration)
    public void close(PieceCounters counters) {
        try {
            if (newest != null) {
                settings.trace().ifPresent(trace -> trace.requireText(newest));
                count(newest, counters);
                Piece written = newest;
                ForkReporter.wrote(() -> abc(written));
            }
        } finally {
            newest = null;
            decoder.close();
        }
    }

    /** What was written, with its rests where they can be put back. */
    private static String abc(Piece piece) {
        try {
            return RestRestorer.restore(piece.music());
        } catch (Fault broken) {
            return "% Rests cannot be put back: " + broken.getMessage().replaceAll("\\s+", " ") + "\n" + piece.music();
        }
    }

    private void count(Piece piece, PieceCounters counters) {
        Piece.Work work = piece.work();
        counters.patches = work.patches();
        counters.chars = work.chars();
        counters.cuts = work.cuts();
        counters.calls = work.calls();
        counters.sampledChars = work.sampledChars();
        counters.contextPatches = work.contextPatches();
        counters.prefills = work.prefills();
        counters.prefillPatches = work.prefillPatches();
        counters.cutPatches = work.cutPatches();
        counters.keptPatches = work.keptPatches();
        counters.cutSeconds = piece.times().cuts();
        counters.firstPatchSeconds = piece.times().firstPatch().orElse(0.0);
        counters.firstBarSeconds = piece.times().firstBar().orElse(0.0);
        Music music = Music.of(piece.music(), piece.prompt().text().length());
        counters.bars = music.bars();
        counters.musicSeconds = music.seconds();
        CharWork charLevel = decoder.work();
        counters.charPasses = charLevel.passes();
        counters.charRows = charLevel.rows();
        counters.drafted = charLevel.drafted();
        counters.accepted = charLevel.accepted();
        countDepths(charLevel.byDepth(), counters);
        counters.lookupDrafted = charLevel.lookupDrafted();
        counters.lookupAccepted = charLevel.lookupAccepted();
        PatchWork patchLevel = decoder.patchWork();
        counters.patchPasses = patchLevel.passes();
        counters.patchRows = patchLevel.rows();
        counters.patchesDrafted = patchLevel.drafted();
        counters.patchesAccepted = patchLevel.accepted();
        counters.handOvers = decoder.handOvers().count();
        counters.handOverSeconds = decoder.handOvers().seconds();
    }

    private static void countDepths(List<CharWork.Drafts> byDepth, PieceCounters counters) {
        counters.firstDrafted = byDepth.get(0).drafted();
        counters.firstAccepted = byDepth.get(0).accepted();
        counters.secondDrafted = byDepth.get(1).drafted();
        counters.secondAccepted = byDepth.get(1).accepted();
        counters.thirdDrafted = byDepth.get(2).drafted();
        counters.thirdAccepted = byDepth.get(2).accepted();
        counters.fourthDrafted = byDepth.get(3).drafted();
        counters.fourthAccepted = byDepth.get(3).accepted();
        List<CharWork.Drafts> later = byDepth.subList(4, byDepth.size());
        counters.laterDrafted = later.stream().mapToLong(CharWork.Drafts::drafted).sum();
        counters.laterAccepted = later.stream().mapToLong(CharWork.Drafts::accepted).sum();
    }
}

package io.notagenbench.generate;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PAD;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.StreamCut;
import io.notagenbench.decoding.CharChooser;
import io.notagenbench.decoding.UnfinishedPiece;
import io.notagenbench.fault.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The state of a piece while it is written (notagen.md, section 3): its text, the context of the next patch, and when
 * it ends, with a stream cut whenever the context window is full. It runs no model. A decoder asks it for the next
 * patch, so pieces can be written one at a time or together.
 */
final class PieceWriter implements UnfinishedPiece {

    /** The longest text; a longer one is a failure, as in the original ({@code inference/inference.py}). */
    static final int LONGEST_TEXT = 102_400;

    private static final int NANO_DIGITS = 9;
    private static final String BODY_START = "[r:";
    /** The forced beginning of the first patch of the body. */
    private static final int[] FIRST_BODY_IDS = "[r:0/".chars().toArray();

    private final GenerationSettings settings;
    private final PieceListener listener;
    private final PatchSampler sampler;
    private final PieceClock clock;
    private final WorkCounter work = new WorkCounter();
    private final StreamCut streamCut = new StreamCut();
    private final StringBuilder text = new StringBuilder();
    private final IdList context = new IdList();
    private final IdList stream = new IdList();
    private final IdList draws = new IdList();
    private final int[] patch = new int[PATCH_SIZE];
    /** Ids of the patch that a stream cut left in the context. */
    private int partial;
    private int chosen;
    private int unchangedPatches;
    private boolean inBody;
    private Piece piece;

    /** Starts the clock and asks for the first patch. */
    PieceWriter(GenerationSettings settings, PieceListener listener, DrawListener draws) {
        this.settings = settings;
        this.listener = listener;
        this.sampler = new PatchSampler(settings.sampling(), settings.seed(), settings.trace(), draws);
        clock = new PieceClock(settings.prompt().text().length());
        clock.start();
        text.append(settings.prompt().text());
        newContext(PatchCodec.encodePrompt(settings.prompt()));
        if (context.size() > settings.patchLength() * PATCH_SIZE) {
            end(Outcome.CONTEXT_FULL, "the prompt alone is longer than the context window of "
                    + settings.patchLength() + " patches: choose a patchLength of " + context.size() / PATCH_SIZE
                    + " or more, or a shorter prompt", false);
        } else {
            nextPatch();
        }
    }

    @Override
    public boolean ended() {
        return piece != null;
    }

    /** The piece, once it has ended. */
    Piece piece() {
        return piece;
    }

    /** Ends the piece here, as a budget of patches does. Does nothing if it has ended. */
    void stop() {
        if (!ended()) {
            end(Outcome.OK, null, false);
        }
    }

    /** Returns the text so far. */
    String text() {
        return text.toString();
    }

    /** Returns the ids of all patches so far. */
    int[] stream() {
        return stream.toArray();
    }

    @Override
    public int[] context() {
        return context.array();
    }

    @Override
    public int contextPatches() {
        return context.size() / PATCH_SIZE;
    }

    @Override
    public int unchangedPatches() {
        return unchangedPatches;
    }

    @Override
    public int[] patch() {
        return patch;
    }

    @Override
    public int chosen() {
        return chosen;
    }

    @Override
    public CharChooser chooser() {
        return sampler;
    }

    /** Records the time of the patch level for the next patch. */
    void encoded(long nanos) {
        clock.encoded(nanos);
    }

    /** Keeps the patch, unless it is the first of the body, which is decoded once more with its beginning forced. */
    @Override
    public void decided(int count) {
        unchangedPatches = contextPatches();
        int forced = partial + FIRST_BODY_IDS.length;
        if (!inBody && forced < PATCH_SIZE && PatchCodec.decode(patch, partial, count).startsWith(BODY_START)) {
            inBody = true;
            System.arraycopy(FIRST_BODY_IDS, 0, patch, partial, FIRST_BODY_IDS.length);
            ask(forced);
            return;
        }
        sampler.accept(count);
        boolean endPatch = keep(partial, endOfPatch(partial, count));
        if (endPatch) {
            end(Outcome.OK, null, true);
        } else if (text.length() > LONGEST_TEXT) {
            end(Outcome.ERROR, "the text grew beyond " + LONGEST_TEXT + " characters", false);
        } else if (clock.elapsed().compareTo(settings.timeLimit()) > 0) {
            end(Outcome.TIMEOUT, "the piece took longer than " + seconds(settings.timeLimit())
                    + " s: allow it more seconds with -p timeLimit=SECONDS, or any number of them with -p timeLimit=0", false);
        } else if (work.patches() == settings.patches()) {
            end(Outcome.OK, null, false);
        } else if (context.size() >= settings.patchLength() * PATCH_SIZE && !cut()) {
            end(Outcome.CONTEXT_FULL, "the context window of " + settings.patchLength()
                    + " patches is full and a stream cut finds no lines of music to drop", false);
        } else {
            nextPatch();
        }
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), NANO_DIGITS).stripTrailingZeros().toPlainString();
    }

    private void nextPatch() {
        partial = context.size() % PATCH_SIZE;
        System.arraycopy(context.array(), context.size() - partial, patch, 0, partial);
        ask(partial);
    }

    /** One call of the model: ids below {@code chosen} are given. */
    private void ask(int given) {
        chosen = given;
        sampler.begin(partial, given);
        work.call(contextPatches());
    }

    /** Keeps ids {@code from} to {@code end}: in the context, padded behind them, and in the text. */
    private boolean keep(int from, int end) {
        boolean endPatch = from + 1 < end && patch[from] == BOS && patch[from + 1] == EOS;
        // The EOS that a stream cut took off the patch it left partial is in the stream already.
        boolean endsAgain = from > 0 && patch[from] == EOS && stream.endsWith(EOS);
        if (!endsAgain) {
            stream.append(patch, from, end);
            draws.append(sampler.drawOf(from));
        }
        String written = endPatch ? "" : PatchCodec.decode(patch, from, end);
        text.append(written);
        Arrays.fill(patch, end, PATCH_SIZE, PAD);
        context.append(patch, from, PATCH_SIZE);
        work.patch(written.length());
        clock.patchWritten(text);
        listener.patchWritten(work.patches(), text);
        return endPatch;
    }

    private int endOfPatch(int from, int decided) {
        for (int slot = from; slot < decided; slot++) {
            if (patch[slot] == EOS) {
                return slot + 1;
            }
        }
        return decided;
    }

    private boolean cut() {
        Optional<int[]> kept = streamCut.cut(text, settings.patchLength());
        kept.ifPresent(this::newContext);
        work.cut();
        clock.cut();
        return kept.isPresent();
    }

    /** Patches that both contexts begin with have the same keys and values; the newest is run for its hidden state. */
    private void newContext(int[] ids) {
        int patches = ids.length / PATCH_SIZE;
        int common = context.commonPrefix(ids) / PATCH_SIZE;
        unchangedPatches = Math.min(unchangedPatches, Math.min(common, patches - 1));
        context.replace(ids);
        work.prefill(unchangedPatches, patches - unchangedPatches);
    }

    private void end(Outcome outcome, String reason, boolean ended) {
        piece = new Piece(settings.prompt(), text.toString(), stream.toArray(), settings.seed(),
                draws.toArray(), outcome, Optional.ofNullable(reason),
                ended, work.total(sampler.sampled()), clock.times());
    }
}

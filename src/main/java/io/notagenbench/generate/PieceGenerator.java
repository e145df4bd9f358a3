package io.notagenbench.generate;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PAD;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.StreamCut;
import io.notagenbench.decoding.PatchDecoder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The generation loop (notagen.md, section 3): writes one piece, patch after patch, with a stream cut whenever the
 * context window is full.
 */
public final class PieceGenerator {

    /** A longer text is a failure, as in the original ({@code inference/inference.py}). */
    static final int LONGEST_TEXT = 102_400;

    private static final String BODY_START = "[r:";
    /** What the first patch of the body is made to begin with. */
    private static final int[] FIRST_BODY_IDS = "[r:0/".chars().toArray();

    private final GenerationSettings settings;
    private final PatchDecoder decoder;
    private final PieceListener listener;
    private final PatchSampler sampler;
    private final PieceClock clock = new PieceClock();
    private final WorkCounter work = new WorkCounter();
    private final StreamCut streamCut = new StreamCut();
    private final StringBuilder text = new StringBuilder();
    private final IdList context = new IdList();
    private final IdList stream = new IdList();
    private final IdList draws = new IdList();
    private final int[] patch = new int[PATCH_SIZE];
    private boolean inBody;

    /** As the other constructor, with nobody listening. */
    public PieceGenerator(GenerationSettings settings, PatchDecoder decoder) {
        this(settings, decoder, PieceListener.NONE, DrawListener.NONE);
    }

    /**
     * @param decoder has room for a context of {@link GenerationSettings#patchLength} patches; is truncated, not closed
     */
    public PieceGenerator(
            GenerationSettings settings, PatchDecoder decoder, PieceListener listener, DrawListener draws) {
        this.settings = settings;
        this.decoder = decoder;
        this.listener = listener;
        this.sampler = new PatchSampler(settings.sampling(), settings.seed(), settings.trace(), draws);
    }

    /** Writes the piece; to be called once. */
    public Piece generate() {
        clock.start();
        text.append(settings.prompt().text());
        newContext(PatchCodec.encodePrompt(settings.prompt()));
        if (context.size() > settings.patchLength() * PATCH_SIZE) {
            return piece(Outcome.CONTEXT_FULL, "the prompt alone is longer than the context window of "
                    + settings.patchLength() + " patches", false);
        }
        while (true) {
            boolean ended = decodePatch();
            if (ended) {
                return piece(Outcome.OK, null, true);
            }
            if (text.length() > LONGEST_TEXT) {
                return piece(Outcome.ERROR, "the text grew beyond " + LONGEST_TEXT + " characters", false);
            }
            if (clock.seconds() > settings.timeLimit().toMillis() / 1000.0) {
                return piece(Outcome.TIMEOUT, "the piece took longer than " + settings.timeLimit().toSeconds() + " s",
                        false);
            }
            if (work.patches() == settings.patches()) {
                return piece(Outcome.OK, null, false);
            }
            if (context.size() >= settings.patchLength() * PATCH_SIZE && !cut()) {
                return piece(Outcome.CONTEXT_FULL, "the context window of " + settings.patchLength()
                        + " patches is full and a stream cut finds no lines of music to drop", false);
            }
        }
    }

    /** Decodes one patch, and the first of the body once more with its beginning forced; true for the end patch. */
    private boolean decodePatch() {
        int partial = context.size() % PATCH_SIZE;
        System.arraycopy(context.array(), context.size() - partial, patch, 0, partial);
        int decided = call(partial, partial);
        int forced = partial + FIRST_BODY_IDS.length;
        if (!inBody && forced < PATCH_SIZE && PatchCodec.decode(patch, partial, decided).startsWith(BODY_START)) {
            inBody = true;
            System.arraycopy(FIRST_BODY_IDS, 0, patch, partial, FIRST_BODY_IDS.length);
            decided = call(partial, forced);
        }
        sampler.accept(decided);
        return keep(partial, endOfPatch(partial, decided));
    }

    /** One call of the model: ids below {@code partial} stand in the context already, ids below {@code chosen} too. */
    private int call(int partial, int chosen) {
        sampler.begin(partial, chosen);
        int contextPatches = context.size() / PATCH_SIZE;
        work.call(contextPatches);
        decoder.encode(context.array(), contextPatches);
        return decoder.decode(patch, chosen, sampler);
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
        return kept.isPresent();
    }

    private void newContext(int[] ids) {
        context.replace(ids);
        decoder.truncate(0);
        work.prefill(ids.length / PATCH_SIZE);
    }

    private Piece piece(Outcome outcome, String reason, boolean ended) {
        return new Piece(settings.prompt(), text.toString(), stream.toArray(), settings.seed(),
                draws.toArray(), outcome, Optional.ofNullable(reason),
                ended, work.total(sampler.sampled()), clock.times());
    }
}

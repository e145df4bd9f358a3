package io.notagenbench.report;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.engine.Precision;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.report.document.Block;
import io.notagenbench.report.document.Cell;
import io.notagenbench.report.document.Prose;
import io.notagenbench.report.document.Section;
import io.notagenbench.report.document.Table;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the six cards of the published test should take, beside what it says of them. */
final class PredictionSection {

    /** The size of the published weights; the test does not say which it used. */
    private static final String MODEL = "large";
    private static final double MEGA = 1e6;

    private PredictionSection() {
    }

    /** Empty where no piece was measured: its patches and contexts are what is predicted with. */
    static Section of(Run run) {
        Optional<PieceResult> piece = PieceResult.of(run).stream()
                .filter(one -> PieceWork.isCounted(one.measurement()) && one.patches().orElse(0) > 0)
                .filter(one -> one.value(Parameter.PATCH_LENGTH).equals(Defaults.PATCH_LENGTH)).findFirst();
        return Section.of(run.id("prediction"), "Predicted, not measured: the six cards",
                piece.map(one -> blocks(run, one)).orElse(List.of()));
    }

    private static List<Block> blocks(Run run, PieceResult piece) {
        ModelConfig config = ModelSource.config(MODEL);
        PieceWork work = PieceWork.of(piece.measurement());
        double patches = piece.patches().orElseThrow();
        double calls = work.calls() / patches;
        long memory = MemoryFit.of(config, Precision.FP32, Integer.parseInt(Defaults.PATCH_LENGTH), 1, Device.Kind.CUDA).bytes();
        Table.Builder table = new Table.Builder(run.id("predictions"), 2, "card", "bound by", "ms/patch, low", "middle", "high",
                "s/piece here, low", "high", "claimed s/piece", "implied patches, low", "high", "MB", "claimed MB");
        List<Double> middles = new ArrayList<>();
        for (PublishedTest.Card card : PublishedTest.CARDS) {
            CardPrediction fast = prediction(config, work, card, CardPrediction.FAST);
            CardPrediction slow = prediction(config, work, card, CardPrediction.SLOW);
            double low = fast.milliseconds() * calls;
            double high = slow.milliseconds() * calls;
            double middle = Math.sqrt(low * high);
            middles.add(middle);
            String bound = fast.boundBy().equals(slow.boundBy()) ? fast.boundBy() : fast.boundBy() + " or " + slow.boundBy();
            table.add(card.name(), bound, low, middle, high, low * patches / 1e3, high * patches / 1e3, card.seconds(),
                    1e3 * card.seconds() / high, 1e3 * card.seconds() / low, memory / MEGA, card.peakMb());
        }
        return List.of(table.build(), new Prose(made(piece, work, patches)), new Prose(reading(middles)), new Prose(here(run)));
    }

    private static CardPrediction prediction(ModelConfig config, PieceWork work, PublishedTest.Card card,
            CardPrediction.Supposition supposed) {
        return CardPrediction.of(config, work.meanContext(), card.bandwidth(), card.teraflops(), supposed);
    }

    private static String made(PieceResult piece, PieceWork work, double patches) {
        return String.format(Locale.ROOT, "How it is made: bytes and operations of each forward pass follow from the sizes of"
                + " model=%s in fp32 as the original runs it, everything again for every patch (%.1f patches of context in the"
                + " mean, as measured here in a piece of %.0f patches by %s) and for every one of 16 characters. A pass takes the"
                + " longest of three: its bytes at %.0f to %.0f %% of the card's published bandwidth, its operations at %.0f to"
                + " %.0f %% of the published fp32 arithmetic, and %d kernel launches a block at %.0f to %.0f µs, which is what"
                + " Python takes from one to the next; drawing a character adds %.1f to %.1f ms. Low takes the better end of"
                + " every range and high the worse, so the band is wide and not a confidence interval; middle is their geometric"
                + " mean. The ranges are suppositions: no card was measured for them. MB is predicted from sizes, with %d MB for"
                + " CUDA itself.", MODEL, work.meanContext(), patches, piece.arm(), 100 * CardPrediction.SLOW.bandwidthShare(),
                100 * CardPrediction.FAST.bandwidthShare(), 100 * CardPrediction.SLOW.arithmeticShare(),
                100 * CardPrediction.FAST.arithmeticShare(), CardPrediction.KERNELS, CardPrediction.FAST.launchMicros(),
                CardPrediction.SLOW.launchMicros(), CardPrediction.FAST.drawMicros() / 1e3,
                CardPrediction.SLOW.drawMicros() / 1e3, Math.round(MemoryFit.CUDA_ENGINE_BYTES / MEGA));
    }

    /** What the claims have to say to each other. */
    private static String reading(List<Double> middles) {
        List<PublishedTest.Card> cards = PublishedTest.CARDS;
        DoubleSummaryStatistics claimed = cards.stream().mapToDouble(PublishedTest.Card::seconds).summaryStatistics();
        DoubleSummaryStatistics predicted = middles.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        DoubleSummaryStatistics implied = IntStream.range(0, cards.size())
                .mapToDouble(card -> 1e3 * cards.get(card).seconds() / middles.get(card)).summaryStatistics();
        return String.format(Locale.ROOT, "What it says of the claims: they lie %.1f times apart, the predictions %.1f times."
                + " The test does not give its patches; implied patches are those at which prediction and claim agree, %.0f to"
                + " %.0f by the middle of each card. Were all claims of pieces alike, all cards would imply the same number.",
                claimed.getMax() / claimed.getMin(), predicted.getMax() / predicted.getMin(),
                implied.getMin(), implied.getMax());
    }

    /** The same reckoning where it can be checked; empty without the limits of this machine. */
    private static String here(Run run) {
        MachineLimits limits = MachineLimits.of(run.measurements(), run.physicalCores());
        return PieceResult.of(run).stream().filter(piece -> piece.isExact() && piece.isOnCpu())
                .filter(piece -> piece.value(Parameter.BACKEND).equals("pytorch")
                        && piece.value(Parameter.DECODING).equals("recompute") && PieceWork.isCounted(piece.measurement()))
                .flatMap(piece -> RooflineShare.of(piece.measurement(), limits).stream()
                        .map(share -> here(piece, share, limits))).findFirst().orElse("");
    }

    private static String here(PieceResult piece, RooflineShare share, MachineLimits limits) {
        ModelConfig config = ModelSource.config(piece.value(Parameter.MODEL));
        PieceWork work = PieceWork.of(piece.measurement());
        double teraflops = limits.arithmetic(piece.measurement()).map(MachineLimits::best).orElse(Double.POSITIVE_INFINITY) / 1e3;
        double calls = work.calls() / piece.patches().orElse(work.calls());
        return String.format(Locale.ROOT, "The same reckoning for this machine, from its measured bandwidth and arithmetic: %s to"
                + " %s ms a patch for %s with model=%s, where %s ms were measured.",
                Cell.number(calls * CardPrediction.of(config, work.meanContext(), share.gigabytes(), teraflops,
                        CardPrediction.FAST).milliseconds()),
                Cell.number(calls * CardPrediction.of(config, work.meanContext(), share.gigabytes(), teraflops,
                        CardPrediction.SLOW).milliseconds()),
                piece.arm(), piece.value(Parameter.MODEL),
                Cell.number(1e3 * piece.secondsPerPatch().orElse(Double.NaN)));
    }
}

package io.notagenbench.report;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.document.TableCell;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Preset;
import java.util.Comparator;
import java.util.List;

/**
 * The published test that this suite makes checkable ("NotaGen performance test: generation speed on different GPUs",
 * January 2026), as it was published: a mean of five pieces for Romantic/Chopin/Keyboard with PATCH_LENGTH 64, top-k 9,
 * top-p 0.9 and temperature 1.2, and the peak that nvidia-smi showed.
 */
final class PublishedTest {

    /**
     * A card of the test.
     *
     * @param name       of the card
     * @param gigabytes  of memory, as sold
     * @param cores      CUDA cores
     * @param seconds    claimed for a piece
     * @param deviation  claimed standard deviation
     * @param peakMb     claimed peak of memory
     */
    record Card(String name, int gigabytes, int cores, double seconds, double deviation, double peakMb) {

        /** The share of the card's memory that was taken, as the test gives it. */
        double peakPercent() {
            return peakMb / (gigabytes * 1000.0) * 100;
        }
    }

    /** In the order of the test. */
    static final List<Card> CARDS = List.of(
            new Card("RTX 3060", 12, 3584, 58.3, 3.1, 7842),
            new Card("RTX 3070", 8, 5888, 49.6, 2.8, 7910),
            new Card("RTX 3080", 10, 8704, 41.2, 2.4, 9102),
            new Card("RTX 3090", 24, 10496, 36.7, 1.9, 18320),
            new Card("A100-SXM4", 40, 6912, 28.5, 1.2, 21450),
            new Card("L40S", 48, 18176, 25.1, 1.0, 23100));

    private PublishedTest() {
    }

    /** The slowest and the fastest of them, in words. */
    static String range() {
        Comparator<Card> byTime = Comparator.comparingDouble(Card::seconds);
        Card slowest = CARDS.stream().max(byTime).orElseThrow();
        Card fastest = CARDS.stream().min(byTime).orElseThrow();
        return TableCell.number(slowest.seconds()) + " s (" + slowest.name() + ") to " + TableCell.number(fastest.seconds()) + " s ("
                + fastest.name() + ")";
    }

    /** Whether a model has the size of the published one; false where it is no longer there. */
    static boolean isSize(String model) {
        try {
            return ModelSource.config(model).equals(ModelSource.config(Preset.LARGE.label()));
        } catch (Fault e) {
            return false;
        }
    }
}

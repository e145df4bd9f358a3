package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PieceState;
import io.notagenbench.generate.Piece;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a whole piece take, from the prompt to the end patch, with the model already loaded? The article
 * measures this. {@link io.notagenbench.results.PieceCounters} has what is written and computed on the way.
 * {@code java -jar benchmarks.jar FullPiece -p work=two-voices -p patchLength=32,64}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// One piece is one sample, as in the article, whose times are the mean of five.
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Timeout(time = 60, timeUnit = TimeUnit.MINUTES)
public class FullPieceBenchmark {

    /** Returns the piece. */
    @Benchmark
    public Piece generate(PieceState state) {
        return state.generate();
    }
}

package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.generate.Uniforms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {

    private static final String REEL = "src/test/resources/scores/kinds/reel.abc";

    @TempDir
    private Path folder;

    private Invocation trace(String... more) {
        String[] args = {"trace", REEL, "-o", folder.resolve("reel.json").toString(), "-p", "backend=onnx"};
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Invocation.of(all);
    }

    @Test
    void makesWorkOfAnOrdinaryTuneThatGenerateWrites() throws IOException {
        Invocation made = trace("-p", "prompt=Romantic/Alkan_Charles-Valentin/Keyboard", "-p", "seed=5", "-p", "temperature=1");
        Trace trace = Trace.load(folder.resolve("reel.json").toString());
        Invocation written = Invocation.of("generate", "--raw", "-p", "work=" + folder.resolve("reel.json"), "-p", "backend=onnx",
                "-p", "decoding=speculative");

        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).isEmpty();
        assertThat(made.err()).contains("reel.json: 10 bars, 26 patches after the prompt", "Model tiny with topK=9, topP=0.9");
        assertThat(trace.source()).isEqualTo("Cooley's");
        assertThat(trace.uniforms()).asInstanceOf(InstanceOfAssertFactories.type(Uniforms.Fitted.class))
                .satisfies(fitted -> assertThat(fitted.fit().toString()).contains("model=tiny, hash=3b8308", "temperature=1.0, seed=5"));
        assertThat(written.out()).startsWith("%Romantic\n%Alkan, Charles-Valentin\n%Keyboard\n%%score 1\nL:1/8\n")
                .endsWith("[r:9/0][V:1]DEFD E2|]\n");
        assertThat(written.exitCode()).isZero();
    }

    @Test
    void refusesAWindowThatTheHeaderFills() {
        assertThat(trace("-p", "patchLength=8")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(Fault.USAGE);
            assertThat(run.err()).contains("cannot become a trace with patchLength=8").contains("Choose a larger patchLength.");
        });
        assertThat(folder.resolve("reel.json")).doesNotExist();
    }

    @Test
    void saysWhatAScoreIsWhereATraceBelongs() {
        Invocation run = Invocation.of("generate", "-p", "work=" + REEL);

        assertThat(run.exitCode()).isEqualTo(Fault.USAGE);
        assertThat(run.err()).contains("is a score, not a trace: make a trace of it with: java -jar benchmarks.jar trace '" + REEL);
    }

    @Test
    void refusesWhatIsNoScoreAndWhereNothingCanBeWritten() throws IOException {
        Path prose = Files.writeString(folder.resolve("a b.abc"), "Dear all\n");

        assertThat(Invocation.of("trace", prose.toString(), "-o", folder.resolve("x").toString()))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(Fault.USAGE))
                .satisfies(run -> assertThat(run.err()).contains("a b.abc cannot become a trace: it has no line K:").hasLineCount(1));
        assertThat(Invocation.of("trace", REEL, "-o", folder.resolve("no/x").toString()).err()).contains("mkdir -p");
        assertThat(Invocation.of("trace", REEL).err()).contains("-o=FILE");
    }
}

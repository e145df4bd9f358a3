package io.notagenbench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.params.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Needs a checkout of the original, and a Python with its requirements, fastapi, uvicorn and redis: name them in the environment. */
@EnabledIfEnvironmentVariable(named = OriginalServiceTest.CHECKOUT, matches = ".+")
@EnabledIfEnvironmentVariable(named = OriginalServiceTest.PYTHON, matches = ".+")
@Timeout(120)
class OriginalServiceTest {

    static final String CHECKOUT = "NOTAGEN_CHECKOUT";
    static final String PYTHON = "NOTAGEN_PYTHON";

    @TempDir
    private Path folder;

    @BeforeAll
    static void requirePackages() throws Exception {
        Process python = new ProcessBuilder(System.getenv(PYTHON), "-c", "import fastapi, uvicorn, redis")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assumeTrue(python.waitFor() == 0, "pip install fastapi uvicorn redis");
        assumeTrue(RedisServer.missing().isEmpty(), "apt-get install redis-server");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getenv(PYTHON), "deploy/original/service.py"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder.start();
    }

    private static URI address(Process service) throws IOException {
        BufferedReader out = service.inputReader(StandardCharsets.UTF_8);
        String address = out.readLine();
        assertThat(out.readLine()).isEqualTo("ready");
        return URI.create(address);
    }

    private Row load(String... options) throws IOException, InterruptedException {
        Process service = start(options);
        try {
            LoadRun run = new LoadRun(new LoadSettings(Parameters.parse(List.of("patchLength=16", "threads=1")), List.of(3, 24),
                    List.of(new Load.Clients(2)), Arrivals.CONSTANT, Popularity.of("repeat:0.5"), new Phases(1, 8), new Slo(1, 1, 1), 2, 0),
                    address(service), "test", line -> { }, Optional.empty());
            run.measure();
            return run.compare().rows().get(0);
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    /** 24 patches in a window of 16: its cuts are those of the engine, too. */
    @Test
    void theOriginalBehindFastApiAndRedisWritesTheTextsOfTheEngine() throws Exception {
        Row alone = load();
        assertThat(alone.whole()).isEqualTo(8);
        assertThat(alone.wrong()).isZero();
        assertThat(alone.origins()).containsOnlyKeys("bypass");

        try (RedisServer redis = new RedisServer()) {
            Row cached = load("--redis", redis.address());
            assertThat(cached.wrong()).isZero();
            assertThat(cached.origins()).containsOnlyKeys("hit", "miss");
        }

        Row without = load("--redis", "redis://127.0.0.1:1");
        assertThat(without.whole()).isEqualTo(8);
        assertThat(without.wrong()).isZero();
        assertThat(without.origins()).containsOnlyKeys("miss");
    }

    @Test
    void aFolderThatIsNoCheckoutIsRefused() throws Exception {
        Process service = start("--checkout", folder.toString());
        assertThat(service.waitFor()).isEqualTo(2);
        assertThat(folder.resolve("errors")).content().contains(folder + " is not a checkout of NotaGen");
    }
}

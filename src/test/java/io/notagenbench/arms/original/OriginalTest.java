package io.notagenbench.arms.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the process of the original is started, heard and ended; shell scripts stand where Python does. */
@DisabledOnOs(OS.WINDOWS)
class OriginalTest {

    private static final String READY = "echo '{\"event\": \"ready\", \"importSeconds\": 1.5, \"loadSeconds\": 0.5,"
            + " \"threads\": 2, \"versions\": {\"torch\": \"2.7.1\"}}'\n";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void settingsAndBudgetsGoInAndAnswersComeBack() throws IOException {
        Path heard = folder.resolve("heard");
        try (Original original = start(LONG, "read -r settings; printf %s \"$settings\" > " + heard + "\n" + READY
                + "read budget; echo '{\"event\": \"piece\", \"text\": \"a\\u000ab\", \"patches\": '$budget',"
                + " \"cuts\": 1, \"ended\": true, \"contextFull\": false, \"seconds\": 0.25}'\n")) {
            assertThat(original.ready().loadSeconds()).isEqualTo(0.5);
            assertThat(original.ready().versions()).containsEntry("torch", "2.7.1");
            assertThat(original.write(7)).isEqualTo(new Answer.Written("a\nb", 7, 1, true, false, 0.25));
        }
        assertThat(Files.readString(heard)).contains("\"patchLength\":64", "\"rows\":256", "\"topK\":9",
                "\"seed\":0", "\"prompt\":[\"%Romantic\\n\",\"%Chopin, Frederic\\n\",\"%Keyboard\\n\"]");
    }

    @Test
    void missingPackagesAreNamedWithTheCommand() {
        assertThatThrownBy(() ->
                start(LONG, "echo '{\"event\": \"missing\", \"packages\": [\"torch\", \"samplings\"]}'\n"))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessage("/bin/sh lacks torch, samplings: /bin/sh -m pip install torch samplings==0.1.7.");
    }

    @Test
    void itsOwnFailureIsPassedOn() {
        assertFails(LONG, "echo '{\"event\": \"fault\", \"reason\": \"KeyError: model\"}'\n",
                "The original failed: KeyError: model.");
    }

    @Test
    void theLastLineOfItsStandardErrorIsTold() {
        assertFails(LONG, "echo first >&2; echo 'Segmentation fault' >&2; echo >&2; exit 139\n",
                "/bin/sh ended with exit code 139 without an answer. The last line of its standard error: Segmentation fault.");
    }

    @Test
    void oneThatSaysNothingIsKilled() {
        assertFails(SHORT, "sleep 60\n", "gave no answer within 0 s and was killed");
        Original original = start(Duration.ofSeconds(1), READY + "sleep 60\n");
        assertThatThrownBy(() -> original.write(1)).hasMessageContaining("no answer within 1 s");
        original.close();
        assertThat(original.isAlive()).isFalse();
    }

    @Test
    void oneThatIsClosedDoesNotLiveOn() {
        Original original = start(LONG, READY + "sleep 60\n");
        original.close();
        assertThat(original.isAlive()).isFalse();
    }

    @Test
    void whatIsNoAnswerIsQuoted() {
        assertFails(LONG, "echo Hello\n", "/bin/sh sent a line that is not an answer: 'Hello'.");
        assertFails(LONG, "echo '{\"event\": \"other\"}'\n", "a line that is not an answer");
        assertFails(LONG, "echo '{\"event\": \"ready\", \"threads\": 1}'\n", "a line that is not an answer");
        assertFails(LONG, "echo '{\"event\": \"piece\", \"text\": \"\", \"patches\": 1, \"cuts\": 0, \"ended\": true,"
                + " \"contextFull\": false, \"seconds\": 1}'\n", "a line that is not an answer");
    }

    @Test
    void anExecutableThatIsNotThereIsWrongUsage() {
        Path none = folder.resolve("python");
        assertThatThrownBy(() -> Original.start(none.toString(), settings(), folder, LONG))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessageContaining("--python " + none + " cannot be started");
    }

    private void assertFails(Duration timeout, String script, String message) {
        assertThatThrownBy(() -> start(timeout, script))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.FAILED))
                .hasMessageContaining(message);
    }

    private Original start(Duration timeout, String script) {
        try {
            Path driver = Files.writeString(folder.resolve("driver.sh"), script);
            return Original.start("/bin/sh", driver, settings(), folder.resolve("log"), timeout);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private OriginalSettings settings() {
        return OriginalSettings.of(folder, folder.resolve("model.pth"), new ModelConfig(4, 2, 192, 256),
                GenerationSettings.of(Parameters.defaults()), 2);
    }
}

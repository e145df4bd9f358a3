package io.notagenbench.arms.original;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * The original NotaGen on its own PyTorch, in a Python process that holds the model: every patch comes from the
 * checkout's own {@code generate}, fp32 on the CPU, with numpy's generator at the seed.
 */
public final class Original implements AutoCloseable {

    /** The name of the original among the arms. */
    public static final String LABEL = "original";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 80;

    /** What a Python needs, as the original's requirements.txt pins it. */
    private static final String TRANSFORMERS = "transformers";
    private static final String SAMPLINGS = "samplings";

    private final PythonProcess process;
    private final Answer.Ready ready;

    private Original(PythonProcess process, Answer.Ready ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * Checks that a folder is a checkout of NotaGen.
     *
     * @throws Fault (usage) if it is not, with the command that makes one
     */
    public static void checkCheckout(Path checkout) {
        for (String file : new String[] {"utils.py", "config.py"}) {
            if (!Files.isRegularFile(checkout.resolve("inference").resolve(file))) {
                throw Fault.usage("--checkout " + checkout + " is not a checkout of NotaGen: inference/" + file
                        + " is missing. Get one with git clone https://github.com/ElectricAlexis/NotaGen.");
            }
        }
    }

    /**
     * Starts Python and loads the model.
     *
     * @param python the executable
     * @param folder for the driver and its log
     * @throws Fault if Python cannot be started, lacks packages, fails or takes longer than {@code timeout}
     */
    public static Original start(String python, OriginalSettings settings, Path folder, Duration timeout) {
        return start(python, driver(folder), settings, folder.resolve("python.log"), timeout);
    }

    /** Starts Python with another script than the shipped one. */
    static Original start(String python, Path driver, OriginalSettings settings, Path log, Duration timeout) {
        PythonProcess process = new PythonProcess(python, driver, log, timeout);
        try {
            process.tell(JSON.writeValueAsString(settings));
            return new Original(process, answer(python, process, Answer.Ready.class));
        } catch (JsonProcessingException e) {
            process.close();
            throw new IllegalStateException("numbers and texts can always be written as JSON", e);
        } catch (Fault e) {
            process.close();
            throw e;
        }
    }

    private static Path driver(Path folder) {
        Path driver = folder.resolve("original.py");
        try (InputStream in = Original.class.getResourceAsStream("original.py")) {
            Files.copy(in, driver);
            return driver;
        } catch (IOException e) {
            throw Fault.failed(driver + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static <T extends Answer> T answer(String python, PythonProcess process, Class<T> expected) {
        String line = process.answer();
        Answer answer;
        try {
            answer = JSON.readValue(line, Answer.class);
        } catch (JsonProcessingException e) {
            throw unexpected(python, line, e);
        }
        if (answer instanceof Answer.Missing missing) {
            throw Fault.usage(python + " lacks " + String.join(", ", missing.packages()) + ": " + python
                    + " -m pip install " + missing.packages().stream().map(Original::requirement)
                            .collect(Collectors.joining(" ")) + ".");
        }
        if (answer instanceof Answer.Failure failure) {
            throw Fault.failed("The original failed: " + failure.reason() + ".");
        }
        if (!expected.isInstance(answer)) {
            throw unexpected(python, line, null);
        }
        return expected.cast(answer);
    }

    private static String requirement(String name) {
        return switch (name) {
            case TRANSFORMERS -> name + "==4.40.0";
            case SAMPLINGS -> name + "==0.1.7";
            default -> name;
        };
    }

    private static Fault unexpected(String python, String line, Throwable cause) {
        String quote = line.substring(0, Math.min(line.length(), LONGEST_QUOTE)).replaceAll("[^ -~]", "?");
        return Fault.failed(python + " sent a line that is not an answer: '" + quote + "'.", cause);
    }

    public Answer.Ready ready() {
        return ready;
    }

    /**
     * Writes a piece.
     *
     * @param patches budget; 0 = until it ends
     * @throws Fault if the original fails or takes too long
     */
    public Answer.Written write(int patches) {
        process.tell(Integer.toString(patches));
        return answer("The original", process, Answer.Written.class);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}

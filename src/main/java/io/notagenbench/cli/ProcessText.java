package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How this process writes numbers and letters, whatever the locale of the person: what it writes is read by programs,
 * among them its own commands.
 */
final class ProcessText {

    /** What reports have that ASCII does not. */
    private static final String LETTERS = "\u00b1\u00b5\u00d7";

    /** What Java puts in the place of bytes that are not text in the encoding of the locale. */
    private static final String NO_LETTER = "\ufffd";

    private ProcessText() {
    }

    /**
     * Once, before anything is printed: numbers have the digits 0 to 9 and a decimal point, also in JMH's own files.
     */
    static void settle() {
        Locale.setDefault(Locale.ROOT);
        System.setOut(stream(FileDescriptor.out));
        System.setErr(stream(FileDescriptor.err));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, charset());
    }

    /** A writer for a command. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, charset()), true);
    }

    /**
     * The encoding of the terminal, or UTF-8 where that lacks letters of the reports: {@code LC_ALL=C} has ASCII alone.
     */
    static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name)) {
                Charset charset = Charset.forName(name);
                return charset.canEncode() && charset.newEncoder().canEncode(LETTERS) ? charset : StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }

    /**
     * Java cannot open a file by a name with letters that the locale does not have.
     *
     * @throws Fault (usage) if there is such a letter in the command line, or in a folder that any command uses
     */
    static void requireLetters(String... args) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String arg : args) {
            all.put("The argument " + arg, arg);
        }
        all.put("The working folder ", System.getProperty("user.dir"));
        all.put("The home folder ", System.getProperty("user.home"));
        all.put("The class path ", System.getProperty("java.class.path"));
        all.put("The temporary folder ", System.getProperty("java.io.tmpdir"));
        all.put("XDG_CACHE_HOME=", System.getenv("XDG_CACHE_HOME"));
        all.put("DJL_CACHE_DIR=", System.getenv("DJL_CACHE_DIR"));
        all.forEach((what, text) -> {
            if (text != null && text.contains(NO_LETTER) && !NamedPath.encoding().equals(StandardCharsets.UTF_8.name())) {
                throw Fault.usage(what + (what.endsWith(text) ? "" : text) + " " + NamedPath.foreign());
            }
        });
    }
}

package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process around the forks of a sweep. It reads command lines from standard input, each as a JSON array in a line, runs one
 * after another, and writes a line with its own argument and the exit code after each. It ends with its input.
 */
public final class ForkHost {

    private ForkHost() {
    }

    /** @param args what the line behind a command line begins with */
    public static void main(String[] args) throws InterruptedException, JsonProcessingException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        ParentWatch.start(lines::add);
        ObjectMapper json = new ObjectMapper();
        while (true) {
            int code = CommandLineEntry.run(json.readValue(lines.take(), String[].class));
            System.err.flush();
            System.out.println(args[0] + " " + code);
        }
    }
}

package icstip.interop;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

/**
 * Reads files with each reader, and says in JSON what was read, one line a file, reader, part and language.
 *
 * <p>Each line of the standard input is a file to read, with tabs between its parts:
 *
 * <ul>
 *   <li>{@code structures}, the file, the languages separated by blanks
 *   <li>{@code data}, the file, a file with its data structure, the data structure as {@code AGENCY:ID(VERSION)}
 * </ul>
 */
public final class Program {

    private static final List<Reader> READERS = List.of(new SdmxDl(), new BankOfItaly());

    private final PrintStream out;

    private Program(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // what the readers log is not for us: what they throw is
        Program program = new Program(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            program.read(line.split("\t"));
        }
    }

    private void read(String[] task) {
        File file = new File(task[1]);
        for (Reader reader : READERS) {
            if (task[0].equals("data")) {
                say(reader, file, "observations", null, () -> reader.series(file, new File(task[2]), task[3]));
                continue;
            }
            for (String language : task[2].split(" ")) {
                say(reader, file, "data structures", language, () -> reader.structures(file, language));
                say(reader, file, "dataflows", language, () -> reader.dataflows(file, language));
                say(reader, file, "code lists", language, () -> reader.codelists(file, language));
            }
        }
    }

    private void say(Reader reader, File file, String part, String language, Reading reading) {
        Map<String, Object> said = Json.object(
                "reader", reader.name(), "file", file.getPath(), "part", part, "language", language);
        try {
            said.put("found", reading.read());
        } catch (Exception error) { // whatever it is: a reader that fails is what we want to hear of
            said.put("refused", cause(error));
        }
        out.println(Json.write(said));
    }

    private static String cause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** What a reader does. */
    private interface Reading {
        List<Map<String, Object>> read() throws Exception;
    }
}

package icstip.interop;

import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * An independent reader of SDMX files. What it reads is told in one shape, whichever reader it is: a list of objects for
 * {@link Json}. References are written as {@code AGENCY:ID(VERSION)}. What a reader does not know is left out.
 */
interface Reader {

    /** Returns the name that the table of results has for it. */
    String name();

    /** Returns the data structures: id, name, dimensions in order, time, measure, attributes. */
    List<Map<String, Object>> structures(File file, String language) throws Exception;

    /** Returns the dataflows: id, name, structure. */
    List<Map<String, Object>> dataflows(File file, String language) throws Exception;

    /** Returns the code lists: id, codes with their ids, names and parents. */
    List<Map<String, Object>> codelists(File file, String language) throws Exception;

    /** Returns the series of a data file whose structure is in another file: key, and how many observations. */
    List<Map<String, Object>> series(File file, File structures, String structure) throws Exception;
}

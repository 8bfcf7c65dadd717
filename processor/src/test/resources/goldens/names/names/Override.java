package names;

/** Hides the one of {@code java.lang}, for whoever does not import that. */
public class Override {}

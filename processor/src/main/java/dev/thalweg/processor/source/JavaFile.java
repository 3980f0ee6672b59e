package dev.thalweg.processor.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.TypeElement;

/** The names that a Java file uses: classes by their simple names where that is possible, and members that are taken. */
public final class JavaFile {
    private final String packageName;
    private final Map<String, String> simpleNames = new HashMap<>();
    private final Set<String> imports = new TreeSet<>();
    private final Set<String> members = new HashSet<>();

    /** A file of this package with a class of this name. */
    public JavaFile(String packageName, String className) {
        this.packageName = packageName;
        simpleNames.put(className, packageName.isEmpty() ? className : packageName + "." + className);
    }

    /** How the file names a class: {@code Outer.Inner} for a nested one. */
    public String use(TypeElement type) {
        TypeElement outermost = type;
        while (outermost.getEnclosingElement() instanceof TypeElement outer) {
            outermost = outer;
        }
        String qualified = outermost.getQualifiedName().toString();
        return use(qualified) + type.getQualifiedName().toString().substring(qualified.length());
    }

    /** How the file names a class that is not nested. */
    public String use(String qualifiedName) {
        int dot = qualifiedName.lastIndexOf('.');
        String simple = qualifiedName.substring(dot + 1);
        if (!simpleNames.computeIfAbsent(simple, name -> qualifiedName).equals(qualifiedName)) {
            return qualifiedName;
        }
        String from = dot < 0 ? "" : qualifiedName.substring(0, dot);
        if (!from.equals("java.lang") && !from.equals(packageName)) {
            imports.add(qualifiedName);
        }
        return simple;
    }

    /** This name for a member, or this with a number where it is taken. */
    public String member(String name) {
        String free = name;
        for (int i = 2; !members.add(free); i++) {
            free = name + i;
        }
        return free;
    }

    /** The whole file. */
    public String with(String body) {
        StringBuilder text = new StringBuilder();
        if (!packageName.isEmpty()) {
            text.append("package ").append(packageName).append(";\n\n");
        }
        imports.forEach(name -> text.append("import ").append(name).append(";\n"));
        return text.append(imports.isEmpty() ? "" : "\n").append(body).toString();
    }
}

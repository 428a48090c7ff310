using System.Collections.Frozen;

namespace Aios.Running.Failures;

/// <summary>The packages of Python modules whose package has another name.</summary>
internal static class PythonPackages
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["attr"] = "attrs",
        ["bs4"] = "beautifulsoup4",
        ["Crypto"] = "pycryptodome",
        ["cv2"] = "opencv-python",
        ["dateutil"] = "python-dateutil",
        ["discord"] = "discord.py",
        ["docx"] = "python-docx",
        ["dotenv"] = "python-dotenv",
        ["fitz"] = "PyMuPDF",
        ["git"] = "GitPython",
        ["jwt"] = "PyJWT",
        ["magic"] = "python-magic",
        ["MySQLdb"] = "mysqlclient",
        ["OpenSSL"] = "pyOpenSSL",
        ["PIL"] = "Pillow",
        ["pkg_resources"] = "setuptools",
        ["pptx"] = "python-pptx",
        ["psycopg2"] = "psycopg2-binary",
        ["serial"] = "pyserial",
        ["skimage"] = "scikit-image",
        ["sklearn"] = "scikit-learn",
        ["slugify"] = "python-slugify",
        ["telegram"] = "python-telegram-bot",
        ["usb"] = "pyusb",
        ["websocket"] = "websocket-client",
        ["yaml"] = "PyYAML",
        ["zmq"] = "pyzmq",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The package to install for a module.</summary>
    public static string Of(string module) => Names.GetValueOrDefault(module, module);
}

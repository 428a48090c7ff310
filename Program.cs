Console.WriteLine("aios");

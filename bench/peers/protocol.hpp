// The child process's side of what bench/src/race/contestant.ts says, for peers in C++.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using Floats = std::vector<float>;

/** A problem: see bench/src/race/setup.ts. */
struct Setup {
  std::filesystem::path folder;
  std::map<std::string, std::string> values;

  explicit Setup(const char* path) : folder(path) {
    std::ifstream file(folder / "setup.txt");
    for (std::string name, value; file >> name >> value;) values[name] = value;
  }
  float number(const std::string& name) const { return values.count(name) ? std::stof(values.at(name)) : 0; }
  int size(const std::string& name) const { return std::stoi(values.at(name)); }
  template <typename T>
  std::vector<T> read(const std::string& name) const {
    std::vector<T> data(std::filesystem::file_size(folder / name) / sizeof(T));
    std::ifstream(folder / name, std::ios::binary).read(reinterpret_cast<char*>(data.data()), data.size() * sizeof(T));
    return data;
  }
};

/**
 * Answers what is asked: `learn(first, count)` learns the samples at these positions of the sequence of epochs, `weights()` are what it
 * has learned, row-major, by name; they go into a folder of the implementation's name.
 */
template <typename Learn, typename Weights>
void serve(const Setup& setup, const std::string& implementation, Learn learn, Weights weights) {
  std::cout << "ready " << __VERSION__ << std::endl;
  for (std::string command; std::cin >> command;) {
    if (command == "learn") {
      std::size_t first, count;
      std::cin >> first >> count;
      const auto start = std::chrono::steady_clock::now();
      learn(first, count);
      std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() << std::endl;
    } else {
      const auto output = setup.folder / implementation;
      std::filesystem::create_directory(output);
      for (const auto& [name, values] : weights()) {
        const std::vector<double> doubles(values.begin(), values.end());
        std::ofstream(output / (name + ".f64"), std::ios::binary)
            .write(reinterpret_cast<const char*>(doubles.data()), doubles.size() * sizeof(double));
      }
      std::cout << "written" << std::endl;
    }
  }
}
